// What the kernel's side needs is copied into the lab, so that a rebuild does not pull it from under a running lab.
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOutUml } from '../machine/uml.ts';
import type { Kernel } from '../machine/kernel-choice.ts';
import type { Place } from '../state/place.ts';

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const INIT = from('../machine/uml-init.sh');
/** Bundles that import packages at run time find them here. */
const PACKAGES = from('../../../../node_modules');
const PROGRAMS = {
  'guest.mjs': from('../../dist/guest.mjs'),
  'node-init.sh': from('../guest/node-init.sh'),
  'fresh-init.sh': from('../guest/fresh-init.sh'),
  'web-server.cjs': from('../../dist/web-server.cjs'),
  agent: from('../../../agent/dist'),
};

/** Where a program of the lab is, for the host and for the kernel: a file, or a folder of what belongs together. */
export const programIn = (place: Place, name: keyof typeof PROGRAMS) => join(place.shared, 'programs', name);

/** Lays out the shared folder for this kernel. */
export function layOutPrograms(place: Place, kernel: Kernel): void {
  for (const [name, program] of Object.entries(PROGRAMS))
    if (existsSync(program)) cpSync(program, join(place.shared, 'programs', name), { recursive: true });
  symlinkSync(PACKAGES, join(place.shared, 'node_modules'));
  if (kernel.kind === 'uml') layOutUml(place.shared, kernel.uml, INIT);
}
