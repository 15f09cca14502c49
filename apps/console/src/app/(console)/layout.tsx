import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { runningConsole } from '../../server/running-console.ts';
import { OperatorProvider } from '../../ui/shell/operator.tsx';

export const dynamic = 'force-dynamic';

/** Behind the door: whoever is not signed in is sent there. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const running = runningConsole();
  const operator = await running.operatorOf(await headers());
  if (!operator) redirect((await running.needsAdministrator()) ? '/setup' : '/sign-in');
  const { name, email, role } = operator;
  return <OperatorProvider operator={{ name, email, role }}>{children}</OperatorProvider>;
}
