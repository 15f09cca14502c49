import type { ChildProcess } from 'node:child_process';
import type { SignalName } from '../wire/guest-messages.ts';

/** Signals a child and what it started: the command runs below nsenter or unshare, which would leave it behind. */
export function signalGroup(child: ChildProcess, signal: SignalName): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
