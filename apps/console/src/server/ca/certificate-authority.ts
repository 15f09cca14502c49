import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeDurably } from '../process/durable-file.ts';
import { ConsoleRefusal } from '../refusal.ts';
import {
  agentLeaf,
  type CertificateRequest,
  consoleLeaf,
  enrolmentLeaf,
  exportKey,
  generateKeyPair,
  type Issuer,
  importCa,
  type Leaf,
  readCertificateRequest,
  selfSignedCa,
  sign,
} from './certificates.ts';

/** A certificate we issued. `fingerprint` is SHA-256 over the certificate, lower-case hex. */
export interface IssuedCertificate {
  readonly pem: string;
  readonly fingerprint: string;
  readonly notAfter: Date;
}

/** A key that never leaves this process, with its certificate. */
export interface Credentials {
  readonly key: string;
  /** PEM, the leaf first and the CA after it. */
  readonly chain: string;
  readonly notAfter: Date;
}

export interface CertificateAuthority {
  /** PEM. */
  readonly certificate: string;
  /** `sha256:` + base64url over the SubjectPublicKeyInfo, as the join command pins it. */
  readonly fingerprint: string;
  /** @throws ConsoleRefusal when the request is not a good PKCS #10 of an ECDSA key. */
  readRequest(csr: string): Promise<CertificateRequest>;
  issueAgent(nodeId: string, publicKey: Leaf['publicKey']): Promise<IssuedCertificate>;
  consoleCredentials(): Promise<Credentials>;
  enrolmentCredentials(): Promise<Credentials>;
}

/** Opens the CA kept in `folder`, making it at the first start. The key is readable by its owner only. */
export async function openCertificateAuthority(
  folder: string,
  now: () => Date,
): Promise<CertificateAuthority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const issuer = (await storedCa(folder)) ?? (await newCa(folder, now()));
  const certificate = issuer.certificate.toString('pem');
  const credentials = async (leaf: (key: CryptoKey) => Leaf): Promise<Credentials> => {
    const keys = await generateKeyPair();
    const signed = await sign(issuer, leaf(keys.publicKey), now());
    return {
      key: await exportKey(keys.privateKey),
      chain: `${signed.toString('pem')}\n${certificate}\n`,
      notAfter: signed.notAfter,
    };
  };
  return {
    certificate,
    fingerprint: keyFingerprint(certificate),
    readRequest: async (csr) => {
      const request = await readCertificateRequest(csr);
      if (!request)
        throw new ConsoleRefusal(
          'invalid',
          'The certificate request is not a PKCS #10 request of an ECDSA key.',
        );
      return request;
    },
    issueAgent: async (nodeId, publicKey) => {
      const signed = await sign(issuer, agentLeaf(nodeId, publicKey), now());
      const pem = signed.toString('pem');
      return { pem, fingerprint: certificateFingerprint(pem), notAfter: signed.notAfter };
    },
    consoleCredentials: () => credentials(consoleLeaf),
    enrolmentCredentials: () => credentials(enrolmentLeaf),
  };
}

/** SHA-256 over the whole certificate, lower-case hex without colons. */
export const certificateFingerprint = (pem: string | Buffer): string =>
  new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

function keyFingerprint(pem: string): string {
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(spki).digest('base64url')}`;
}

const KEY_FILE = 'ca-key.pem';
const CERTIFICATE_FILE = 'ca.pem';

async function storedCa(folder: string): Promise<Issuer | null> {
  const certificate = await readIfThere(join(folder, CERTIFICATE_FILE));
  if (certificate === null) return null;
  return importCa({ certificate, key: await readFile(join(folder, KEY_FILE), 'utf8') });
}

/** The certificate is written last: without it the CA does not exist yet, and the next start makes a new one. */
async function newCa(folder: string, now: Date): Promise<Issuer> {
  const keys = await generateKeyPair();
  const certificate = await selfSignedCa(keys, now);
  await writeDurably(join(folder, KEY_FILE), await exportKey(keys.privateKey), 0o600);
  await writeDurably(join(folder, CERTIFICATE_FILE), certificate.toString('pem'), 0o644);
  return { certificate, key: keys.privateKey };
}
