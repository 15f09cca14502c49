import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openCertificateAuthority } from './certificate-authority.ts';
import { DAY_MS } from './certificates.ts';
import { renewingCredentials } from './renewing-credentials.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const pass = (days: number) => vi.advanceTimersByTime(days * DAY_MS);

test("the console's own certificate is renewed when a month is left, and not before", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-ca-'));
  const now = () => new Date();
  const authority = await openCertificateAuthority(folder, now);
  const credentials = await renewingCredentials(authority, now);
  try {
    const first = credentials.current();
    pass(59);
    expect(credentials.current()).toBe(first);

    pass(3);
    await expect.poll(() => credentials.current()).not.toBe(first);
    const second = credentials.current();
    expect(second.key).not.toBe(first.key);
    const certificate = new X509Certificate(second.chain);
    expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe('URI:signalbox://console');
    expect((second.notAfter.getTime() - Date.now()) / DAY_MS).toBeGreaterThan(85);

    const signing = vi.spyOn(authority, 'consoleCredentials').mockRejectedValue(new Error('disk full'));
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    pass(70);
    await expect.poll(() => said.mock.calls.flat().join(' ')).toContain('tries again tomorrow');
    expect(credentials.current()).toBe(second);

    signing.mockRestore();
    pass(1);
    await expect.poll(() => credentials.current()).not.toBe(second);
    said.mockRestore();
  } finally {
    credentials.stop();
    await rm(folder, { recursive: true });
  }
});
