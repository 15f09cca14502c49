/**
 * What Linux 6.1 for User-Mode Linux prints where the host takes no record of a program's registers that is as short as its own:
 * of a processor with AMX it has to be 11 KB (arch/um/os-Linux/skas/process.c, arch/x86/kernel/fpu/regset.c).
 */
const TOO_MANY_REGISTERS = /ptrace set fp regs failed/;
const PANIC = /^Kernel panic/;

/** Why a kernel that ended by itself did so, by the last lines that it printed. */
export function whyEnded(printed: readonly string[]): string {
  if (printed.some((line) => TOO_MANY_REGISTERS.test(line)))
    return 'Debian’s User-Mode Linux cannot run a program on this processor, which has more registers than it knows of (AMX); without --kernel the lab takes one that can';
  const lines = printed.filter((line) => line.trim() !== '');
  return lines.find((line) => PANIC.test(line)) ?? lines.at(-1) ?? 'it printed nothing';
}
