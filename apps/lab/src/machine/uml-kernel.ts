import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programAt } from '../processes/programs.ts';

/** A User-Mode Linux that is on this machine. */
export interface UmlKernel {
  readonly program: string;
  /** The folder of its modules, a folder for each release; Debian's package keeps them apart from the host's. */
  readonly modules: string;
}

/** Where bootstrap/kernel.mjs puts the one it builds. */
const BUILT = fileURLToPath(new URL('../../../../.toolchain/kernel', import.meta.url));

/** The one that was built for the lab; null when none was. */
export function builtUml(): UmlKernel | null {
  const kernel = { program: join(BUILT, 'linux'), modules: join(BUILT, 'lib/modules') };
  return existsSync(join(BUILT, 'complete')) ? kernel : null;
}

/** The one of Debian's package user-mode-linux; null when it is not installed. */
export function debianUml(): UmlKernel | null {
  const program = programAt('linux.uml');
  return program === null ? null : { program, modules: '/usr/lib/uml/modules' };
}
