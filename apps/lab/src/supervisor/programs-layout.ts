// What the kernel's side needs is copied into the lab, so that a rebuild does not pull it from under a running lab.
import { copyFileSync, existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layOutUml } from '../machine/uml.ts';
import type { KernelKind } from '../machine/kernel-choice.ts';
import type { Place } from '../state/place.ts';

const from = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const INIT = from('../machine/uml-init.sh');
/** Bundles that import packages at run time find them here. */
const PACKAGES = from('../../../../node_modules');
const BUNDLES = {
  'guest.mjs': from('../../dist/guest.mjs'),
  'node-init.sh': from('../guest/node-init.sh'),
  'fresh-init.sh': from('../guest/fresh-init.sh'),
  'web-server.cjs': from('../../dist/web-server.cjs'),
  'agent.mjs': from('../../../agent/dist/agent.mjs'),
};

/** Where a bundle of the lab is, for the host and for the kernel. */
export const programIn = (place: Place, name: keyof typeof BUNDLES) => join(place.shared, 'programs', name);

/** Lays out the shared folder for a kernel of this kind. */
export function layOutPrograms(place: Place, kernel: KernelKind): void {
  for (const [name, bundle] of Object.entries(BUNDLES))
    if (existsSync(bundle)) copyFileSync(bundle, join(place.shared, 'programs', name));
  symlinkSync(PACKAGES, join(place.shared, 'node_modules'));
  if (kernel === 'uml') layOutUml(place.shared, INIT);
}
