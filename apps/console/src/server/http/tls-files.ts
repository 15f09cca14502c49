// The console's own certificate for browsers: looked at before anything else starts, so that a wrong file is named.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface TlsFiles {
  /** Paths of PEM files; the certificate's issuers may follow it. */
  readonly cert: string;
  readonly key: string;
}

export interface TlsPair {
  readonly cert: string;
  readonly key: string;
  /** Browsers refuse it from then on. */
  readonly endsAt: Date;
}

/** A file that HTTPS cannot be served with. Its message is for the terminal. */
export class UnusableTlsFile extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UnusableTlsFile';
  }
}

/** @throws UnusableTlsFile */
export async function readTlsFiles(files: TlsFiles): Promise<TlsPair> {
  const cert = await contents('--tls-cert', files.cert);
  const key = await contents('--tls-key', files.key);
  const certificate = parsed(
    () => new X509Certificate(cert),
    `--tls-cert: ${files.cert} holds no certificate in PEM.`,
  );
  if (!certificate.checkPrivateKey(privateKey(key, files.key)))
    throw new UnusableTlsFile(`--tls-key: ${files.key} is not the key of the certificate in ${files.cert}.`);
  return { cert, key, endsAt: certificate.validToDate };
}

async function contents(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableTlsFile(`${option}: ${path} cannot be read: ${reason}.`, error);
  }
}

function privateKey(pem: string, path: string): KeyObject {
  if (pem.includes('ENCRYPTED'))
    throw new UnusableTlsFile(
      `--tls-key: the key in ${path} has a passphrase; the console can ask nobody for it.`,
    );
  return parsed(() => createPrivateKey(pem), `--tls-key: ${path} holds no private key in PEM.`);
}

function parsed<T>(parse: () => T, otherwise: string): T {
  try {
    return parse();
  } catch (cause) {
    throw new UnusableTlsFile(otherwise, cause);
  }
}
