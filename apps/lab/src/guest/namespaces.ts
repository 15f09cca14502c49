import { dirname, join } from 'node:path';

/** Scripts lie beside the bundle. */
const script = (name: string) => join(dirname(process.argv[1] ?? ''), name);
export const NODE_INIT = script('node-init.sh');
export const FRESH_INIT = script('fresh-init.sh');

/** Namespaces that make a machine; everything in them ends with the first process. */
export const UNSHARE = [
  'unshare',
  '--net',
  '--mount',
  '--uts',
  '--ipc',
  '--pid',
  '--fork',
  '--kill-child',
  '--propagation',
  'private',
] as const;
