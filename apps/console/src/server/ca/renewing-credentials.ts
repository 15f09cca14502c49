import { type CertificateAuthority, type Credentials } from './certificate-authority.ts';
import { DAY_MS, RENEW_WHEN_LEFT_MS } from './certificates.ts';

/** The console's own client certificate, always with a month to go: renewed from our CA while the console runs. */
export interface RenewingCredentials {
  current(): Credentials;
  stop(): void;
}

export async function renewingCredentials(
  authority: CertificateAuthority,
  now: () => Date,
): Promise<RenewingCredentials> {
  let current = await authority.consoleCredentials();
  const renewIfDue = async () => {
    if (current.notAfter.getTime() - now().getTime() < RENEW_WHEN_LEFT_MS)
      current = await authority.consoleCredentials();
  };
  const timer = setInterval(() => {
    renewIfDue().catch((error: unknown) => {
      console.error('The console could not renew its own certificate; it tries again tomorrow:', error);
    });
  }, DAY_MS).unref();
  return { current: () => current, stop: () => clearInterval(timer) };
}
