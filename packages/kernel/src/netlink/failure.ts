import { getSystemErrorMap } from 'node:util';

/** The kernel refused, or did not answer as it should. `errno` is a name as in errno(3), e.g. `ESRCH`. */
export class KernelFailure extends Error {
  readonly command: string;
  readonly errno: string;
  readonly reason: string;

  constructor(command: string, errno: string, reason = errno) {
    super(`${command}: ${reason}`);
    this.name = 'KernelFailure';
    this.command = command;
    this.errno = errno;
    this.reason = reason;
  }
}

/** Bytes that cannot be what they should be. Becomes a `KernelFailure` with EBADMSG where a request waits for them. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

const names = new Map([...getSystemErrorMap()].map(([number, [name]]) => [-number, name]));

/** Errnos that Node has no name for. 524 is the kernel's own, which errno(3) does not know. */
const linuxOnly: Readonly<Record<number, string>> = { 74: 'EBADMSG', 524: 'ENOTSUPP' };

/** The name of a positive errno. */
export const errnoName = (errno: number): string => names.get(errno) ?? linuxOnly[errno] ?? `errno ${errno}`;
