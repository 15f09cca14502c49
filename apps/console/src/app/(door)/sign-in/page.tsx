import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { runningConsole } from '../../../server/running-console.ts';
import { SignInForm } from '../../../ui/door/sign-in-form.tsx';
import { pageTitle } from '../../page-title.ts';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => pageTitle(({ door }) => door.signInTitle);

export default async function SignInPage() {
  const running = runningConsole();
  if (await running.needsAdministrator()) redirect('/setup');
  if (await running.operatorOf(await headers())) redirect('/');
  return <SignInForm />;
}
