import { mkdir } from 'node:fs/promises';
import * as z from 'zod';
import { OperatorError } from '../operator-error.ts';
import { stateFile } from './state-file.ts';

/** Who this host is to its console, in one file: a key never lies there without its certificate. PEM where it is no name. */
const Identity = z.object({
  nodeId: z.string(),
  console: z.string(),
  joinedAt: z.string(),
  /** Made on this host; it never leaves it. */
  key: z.string(),
  certificate: z.string(),
  ca: z.string(),
});
export type Identity = Readonly<z.infer<typeof Identity>>;

const identityFile = (folder: string) => stateFile(folder, 'identity.json', Identity);

/** Returns when the disk has it; until then, and after a power cut, the one before is there. */
export async function storeIdentity(folder: string, identity: Identity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await identityFile(folder).write(identity);
}

/** Null when the host has not joined. @throws OperatorError when what is there cannot be read. */
export async function loadIdentity(folder: string): Promise<Identity | null> {
  try {
    return await identityFile(folder).read();
  } catch (cause) {
    if (!(cause instanceof OperatorError)) throw cause;
    throw new OperatorError(`${cause.message} Make a new join command, and join with --again.`, { cause });
  }
}
