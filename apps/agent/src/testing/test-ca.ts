// A certificate authority for tests, with certificates that are right and certificates that are wrong on purpose.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import {
  agentRole,
  agentServerName,
  consoleRole,
  enrolmentRole,
  enrolmentServerName,
} from '@signalbox/agent-api';

const KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;

export interface Certified {
  readonly key: string;
  readonly certificate: string;
}

interface Leaf {
  readonly name: string;
  readonly usages: readonly ('serverAuth' | 'clientAuth')[];
  readonly names: x509.JsonGeneralNames;
}

export interface TestCa {
  /** PEM. */
  readonly certificate: string;
  issue(leaf: Leaf): Promise<Certified>;
  /** Certifies the key of a PKCS #10 request. */
  answer(csr: string, leaf: Leaf): Promise<string>;
}

export const agentLeaf = (nodeId: string): Leaf => ({
  name: agentServerName(nodeId),
  usages: ['serverAuth'],
  names: [
    { type: 'dns', value: agentServerName(nodeId) },
    { type: 'url', value: agentRole(nodeId) },
  ],
});

export const consoleLeaf: Leaf = {
  name: 'console',
  usages: ['clientAuth'],
  names: [{ type: 'url', value: consoleRole }],
};

export const enrolmentLeaf: Leaf = {
  name: 'enrolment',
  usages: ['serverAuth'],
  names: [
    { type: 'dns', value: enrolmentServerName },
    { type: 'url', value: enrolmentRole },
  ],
};

const newKeys = () => crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);

const keyPem = async (keys: Awaited<ReturnType<typeof newKeys>>) =>
  x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');

const validity = () => ({
  notBefore: new Date(Date.now() - HOUR_MS),
  notAfter: new Date(Date.now() + HOUR_MS),
});

const serialNumber = () => Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');

export async function testCa(): Promise<TestCa> {
  const keys = await newKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Test CA',
    serialNumber: serialNumber(),
    ...validity(),
    keys,
    signingAlgorithm: KEY,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const sign = async (publicKey: x509.PublicKeyType, { name, usages, names }: Leaf): Promise<string> => {
    const signed = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [name] }],
      issuer: ca.subjectName,
      serialNumber: serialNumber(),
      ...validity(),
      publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: KEY,
      extensions: [
        ...(usages.length > 0
          ? [new x509.ExtendedKeyUsageExtension(usages.map((usage) => x509.ExtendedKeyUsage[usage]))]
          : []),
        new x509.SubjectAlternativeNameExtension(names),
      ],
    });
    return signed.toString('pem');
  };
  return {
    certificate: ca.toString('pem'),
    issue: async (leaf) => {
      const leafKeys = await newKeys();
      return { key: await keyPem(leafKeys), certificate: await sign(leafKeys.publicKey, leaf) };
    },
    answer: (csr, leaf) => sign(new x509.Pkcs10CertificateRequest(csr).publicKey, leaf),
  };
}
