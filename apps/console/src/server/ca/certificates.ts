// The certificates of the house and what each may be used for. Roles are in the certificate (a URI and an extended key
// usage), because being signed by our CA is not enough to command a host.
import 'reflect-metadata';
import { agentRole, agentServerName, consoleRole } from '@signalbox/agent-api';
import * as x509 from '@peculiar/x509';

export const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

export const DAY_MS = 86_400_000;
export const LEAF_DAYS = 90;
/** A third of its life: a host that is off for weeks still comes back in time. */
export const RENEW_WHEN_LEFT_MS = (LEAF_DAYS / 3) * DAY_MS;
const CA_DAYS = 3650;

/** A host whose clock runs behind still finds the certificate valid. */
const CLOCK_SKEW_MS = 3_600_000;

export interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly key: CryptoKey;
}

export interface Leaf {
  readonly publicKey: CryptoKey | x509.PublicKey;
  readonly commonName: string;
  readonly usage: 'serverAuth' | 'clientAuth';
  readonly names: x509.JsonGeneralNames;
}

/** What an agent's certificate says: a server by its node's name, in the role of this node's agent. */
export const agentLeaf = (nodeId: string, publicKey: Leaf['publicKey']): Leaf => ({
  publicKey,
  commonName: agentServerName(nodeId),
  usage: 'serverAuth',
  names: [
    { type: 'dns', value: agentServerName(nodeId) },
    { type: 'url', value: agentRole(nodeId) },
  ],
});

/** What the console shows to agents. */
export const consoleLeaf = (publicKey: CryptoKey): Leaf => ({
  publicKey,
  commonName: 'Signalbox console',
  usage: 'clientAuth',
  names: [{ type: 'url', value: consoleRole }],
});

/** What the enrolment listener shows: joining agents pin the CA's key, so the name says only what it is. */
export const enrolmentLeaf = (publicKey: CryptoKey): Leaf => ({
  publicKey,
  commonName: 'Signalbox enrolment',
  usage: 'serverAuth',
  names: [
    { type: 'dns', value: 'enrolment.signalbox' },
    { type: 'url', value: 'signalbox://enrolment' },
  ],
});

export const generateKeyPair = () => crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);

export async function selfSignedCa(keys: CryptoKeyPair, now: Date): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Signalbox CA',
    notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
    notAfter: new Date(now.getTime() + CA_DAYS * DAY_MS),
    signingAlgorithm: SIGNATURE,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

export async function sign(issuer: Issuer, leaf: Leaf, now: Date): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [leaf.commonName] }],
    issuer: issuer.certificate.subjectName,
    notBefore: new Date(now.getTime() - CLOCK_SKEW_MS),
    notAfter: new Date(now.getTime() + LEAF_DAYS * DAY_MS),
    signingAlgorithm: SIGNATURE,
    signingKey: issuer.key,
    publicKey: leaf.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[leaf.usage]], true),
      new x509.SubjectAlternativeNameExtension(leaf.names),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate),
    ],
  });
}

/** 127 random bits: positive, and never the same twice (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

export async function exportKey(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** @throws when either PEM is damaged. */
export async function importCa(pem: { certificate: string; key: string }): Promise<Issuer> {
  const [pkcs8] = x509.PemConverter.decode(pem.key);
  if (!pkcs8) throw new Error('The CA key file holds no key.');
  return {
    certificate: new x509.X509Certificate(pem.certificate),
    key: await crypto.subtle.importKey('pkcs8', pkcs8, KEY_ALGORITHM, false, ['sign']),
  };
}

/** What a PKCS #10 request asks for: the key it proves to own, and the name it gives itself, which proves nothing. */
export interface CertificateRequest {
  readonly publicKey: x509.PublicKey;
  readonly commonName: string | null;
}

/** Null when it is no such request, or of another kind of key. */
export async function readCertificateRequest(csr: string): Promise<CertificateRequest | null> {
  try {
    const request = new x509.Pkcs10CertificateRequest(csr);
    if (request.publicKey.algorithm.name !== 'ECDSA') return null;
    if (!(await request.verify())) return null;
    return { publicKey: request.publicKey, commonName: request.subjectName.getField('CN')[0] ?? null };
  } catch {
    // Whatever the bytes were, they were not a request: the parser throws many kinds of error on garbage.
    return null;
  }
}
