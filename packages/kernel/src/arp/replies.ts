// What arping(8) of iputils prints. Its exit code means something else in each of its ways to ask, and 0 on lo.
import { KernelFailure } from '../netlink/failure.ts';

/**
 * The hardware addresses that answered, each once. @throws KernelFailure when nothing was asked: silence is only silence
 * where arping says that it has sent something.
 */
export function repliesIn({
  stdout,
  stderr,
}: {
  readonly stdout: string;
  readonly stderr: string;
}): string[] {
  if (!/^Sent [1-9]\d* probe/m.test(stdout))
    throw new KernelFailure('arping', errnoOf(stderr), reasonOf(stderr));
  // Behind the sender's there may be another: whom it was meant for.
  const replies = stdout.matchAll(/^\S+ (?:reply|request) from \S+ \[([0-9A-Fa-f:]{17})\]/gm);
  return [...new Set([...replies].map(([, mac = '']) => mac.toLowerCase()))];
}

function errnoOf(complaint: string): string {
  if (/not available|not ARPable|is down|no such device/i.test(complaint)) return 'ENODEV';
  if (/not permitted/i.test(complaint)) return 'EPERM';
  if (/cannot assign/i.test(complaint)) return 'EADDRNOTAVAIL';
  return 'EIO';
}

const reasonOf = (complaint: string): string =>
  complaint
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^arping: /, '') || 'arping of iputils has sent nothing';
