import { expect, test } from 'vitest';
import { whyEnded } from './kernel-end.ts';

test.each([
  [
    'a processor with more registers than it knows of',
    [
      'userspace - ptrace set fp regs failed, errno = 14',
      'Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b',
      'the kernel ended: SIGABRT',
    ],
    /^Debian’s User-Mode Linux cannot run a program on this processor.*AMX/,
  ],
  [
    'a panic, whatever is printed after it',
    [
      'Kernel panic - not syncing: No working init found.',
      'Stack:',
      ' 606944ba',
      'the kernel ended: SIGABRT',
    ],
    /^Kernel panic - not syncing: No working init found\.$/,
  ],
  ['the last line', ['init: line 7 failed', 'the kernel ended: exit 0', ''], /^the kernel ended: exit 0$/],
  ['nothing', [], /^it printed nothing$/],
])('says why a kernel ended: %s', (_, printed, why) => {
  expect(whyEnded(printed)).toMatch(why);
});
