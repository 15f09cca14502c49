import { redirect } from 'next/navigation';
import { runningConsole } from '../../../server/running-console.ts';
import { SetupForm } from '../../../ui/door/setup-form.tsx';
import { pageTitle } from '../../page-title.ts';

export const dynamic = 'force-dynamic';
export const generateMetadata = () => pageTitle(({ door }) => door.setupTitle);

/** First run. Once there is an administrator this page is only a way to the sign-in. */
export default async function SetupPage() {
  if (!(await runningConsole().needsAdministrator())) redirect('/sign-in');
  return <SetupForm />;
}
