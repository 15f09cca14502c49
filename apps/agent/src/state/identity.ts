import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { OperatorError } from '../operator-error.ts';
import { readIfThere, writeDurably } from './durable-file.ts';
import { stateFile } from './state-file.ts';

/** Who this host is to its console. Written last when joining: without it the host has not joined. */
const IdentityFile = z.object({ nodeId: z.string(), console: z.string(), joinedAt: z.string() });

export interface Identity extends z.infer<typeof IdentityFile> {
  /** PEM, each. The key was made on this host and never leaves it. */
  readonly key: string;
  readonly certificate: string;
  readonly ca: string;
}

const identityFile = (folder: string) => stateFile(folder, 'identity.json', IdentityFile);
const pemFile = (folder: string, name: 'key' | 'certificate' | 'ca') => join(folder, `${name}.pem`);

export async function storeIdentity(folder: string, identity: Identity): Promise<void> {
  const { key, certificate, ca, ...rest } = identity;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(pemFile(folder, 'key'), key);
  await writeDurably(pemFile(folder, 'certificate'), certificate);
  await writeDurably(pemFile(folder, 'ca'), ca);
  await identityFile(folder).write(rest);
}

/** Null when the host has not joined. @throws OperatorError when files are missing or do not belong together. */
export async function loadIdentity(folder: string): Promise<Identity | null> {
  const stored = await identityFile(folder).read();
  if (stored === null) return null;
  const [key, certificate, ca] = await Promise.all([
    readPem(folder, 'key'),
    readPem(folder, 'certificate'),
    readPem(folder, 'ca'),
  ]);
  if (!new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)))
    throw new OperatorError(`The key and the certificate in ${folder} do not belong together: join again.`);
  return { ...stored, key, certificate, ca };
}

async function readPem(folder: string, name: 'key' | 'certificate' | 'ca'): Promise<string> {
  const pem = await readIfThere(pemFile(folder, name));
  if (pem === null) throw new OperatorError(`${pemFile(folder, name)} is missing: join again.`);
  return pem;
}
