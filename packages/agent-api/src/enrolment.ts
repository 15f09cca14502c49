import * as z from 'zod';

/**
 * Enrolment, the one time an agent dials the console: HTTPS POST to /enrol on the enrolment listener, whose
 * certificate chain must contain the CA whose SPKI fingerprint is in the join command.
 */
export const EnrolRequest = z.object({
  token: z.string().min(20).max(100),
  /** PKCS #10, PEM. The subject is ignored: the certificate is for the node the token was made for. */
  csr: z.string().max(8192),
});
export type EnrolRequest = z.infer<typeof EnrolRequest>;

export const EnrolReply = z.object({
  nodeId: z.string(),
  certificate: z.string(),
  ca: z.string(),
});
export type EnrolReply = z.infer<typeof EnrolReply>;

/** `sha256:` + base64url of SHA-256 over the CA's SubjectPublicKeyInfo (as RFC 7469 pins keys). */
export const CaFingerprint = z.string().regex(/^sha256:[A-Za-z0-9_-]{43}$/);

/** The DNS name in an agent's certificate, and the TLS server name the console dials it by. */
export const agentServerName = (nodeId: string) => `${nodeId}.signalbox`;

/** The role each side proves with a URI in subjectAltName: being signed by our CA is not enough. */
export const agentRole = (nodeId: string) => `signalbox://agent/${nodeId}`;
export const consoleRole = 'signalbox://console';

/** What the enrolment listener's certificate must say: a certificate of our CA for anything else is not it. */
export const enrolmentRole = 'signalbox://enrolment';
export const enrolmentServerName = 'enrolment.signalbox';
