// Renewing an agent's certificate over the connection it serves. The console dials, so the console asks for a request and
// hands back what it signed. The agent's key is a new one each time, and never leaves its host.
import * as z from 'zod';

export const RenewalRequest = z.object({
  /** PKCS #10, PEM. Its common name is `agentServerName`: the console signs for that node only. */
  csr: z.string().max(8192),
});
export type RenewalRequest = z.infer<typeof RenewalRequest>;

/** PEM. */
export const RenewedCertificate = z.object({ certificate: z.string().max(16_384) });
export type RenewedCertificate = z.infer<typeof RenewedCertificate>;

/** What new connections are shown from now on: SHA-256 over the certificate, lower-case hex. */
export const RenewalResult = z.object({ fingerprint: z.string() });
export type RenewalResult = z.infer<typeof RenewalResult>;

export interface Renewal {
  /** Makes a new key and a request for it; the living key serves on. Asking again forgets the request before. */
  request(): Promise<RenewalRequest>;
  /** Keeps the certificate and its key on disk, then shows it to new connections. Refuses any that is not for the request. */
  install(renewed: RenewedCertificate): Promise<RenewalResult>;
}
