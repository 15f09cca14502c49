// The console with a certificate of its own, on a real TLS socket.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { enrolmentServerName } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import { openCertificateAuthority } from '../ca/certificate-authority.ts';
import { serveConsole } from '../testing/served-console.ts';
import { TestConsole } from '../testing/test-console.ts';
import { readTlsFiles } from './tls-files.ts';

const ada = { name: 'Ada', email: 'ada@example.org', password: 'a long enough password' };

/** A certificate for a server, its key and its CA; any CA's would do. */
async function certified() {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-https-'));
  const authority = await openCertificateAuthority(join(folder, 'ca'), () => new Date());
  const { key, chain } = await authority.enrolmentCredentials();
  return {
    folder,
    ca: authority.certificate,
    key,
    cert: chain,
    file: async (name: string, contents: string) => {
      await writeFile(join(folder, name), contents);
      return join(folder, name);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

async function ask(
  url: string,
  { ca, body, ...headers }: { ca?: string; body?: unknown } & Record<string, unknown>,
): Promise<Answer> {
  const options = {
    agent: false,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } as never,
    servername: enrolmentServerName,
    ca,
  };
  const sent = url.startsWith('https:') ? tlsRequest(url, options) : plainRequest(url, options);
  // Our requests say their length: the console refuses those that do not.
  const payload = body === undefined ? '' : JSON.stringify(body);
  if (payload) sent.setHeader('content-length', Buffer.byteLength(payload));
  sent.end(payload);
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
}

test('over HTTPS one signs in with a cookie that never goes over plain HTTP, and no HSTS binds other ports', async () => {
  await using tls = await certified();
  await using console = await TestConsole.start({ secure: true });
  await console.as(null).setup.createAdministrator(ada);
  await using served = await serveConsole(console, { tls });

  const signedIn = await ask(`${served.url}/api/auth/sign-in/email`, {
    ca: tls.ca,
    origin: served.url,
    body: ada,
  });

  expect(signedIn.status).toBe(200);
  const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/^__Secure-signalbox\.session_token=/);
  for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Lax'])
    expect(cookie.split('; ')).toContain(attribute);
  expect(signedIn.headers).not.toHaveProperty('strict-transport-security');
  expect(signedIn.headers['x-content-type-options']).toBe('nosniff');

  const me = await ask(`${served.url}/api/trpc/me`, { ca: tls.ca, cookie: cookie.split(';')[0] });
  expect(JSON.parse(me.text)).toMatchObject({ result: { data: { name: 'Ada' } } });
});

test('a page of another site, or of another port, is refused over HTTPS too', async () => {
  await using tls = await certified();
  await using console = await TestConsole.start({ secure: true });
  await using served = await serveConsole(console, { tls });
  for (const origin of ['https://evil.example', 'http://127.0.0.1:1'])
    expect((await ask(`${served.url}/api/trpc/me`, { ca: tls.ca, origin })).status).toBe(403);
});

test('plain HTTP on the port of HTTPS is answered with what to do, and does no harm', async () => {
  await using tls = await certified();
  await using console = await TestConsole.start({ secure: true });
  await using served = await serveConsole(console, { tls });

  const plain = await ask(served.url.replace('https', 'http'), {});

  expect(plain.status).toBe(400);
  expect(plain.text).toContain('https://');
  expect((await ask(`${served.url}/api/trpc/setup.state`, { ca: tls.ca })).status).toBe(200);
});

test('a certificate and its key are read, with those that signed it', async () => {
  await using tls = await certified();
  const pair = await readTlsFiles({
    cert: await tls.file('cert.pem', tls.cert),
    key: await tls.file('key.pem', tls.key),
  });
  expect(pair).toMatchObject({ cert: tls.cert, key: tls.key });
  expect(pair.endsAt.getTime()).toBeGreaterThan(Date.now());
});

test('a wrong file is refused by its name and by what is wrong with it', async () => {
  await using tls = await certified();
  await using other = await certified();
  const cert = await tls.file('cert.pem', tls.cert);
  const key = await tls.file('key.pem', tls.key);
  const garbage = await tls.file('garbage.pem', 'not PEM at all');
  const locked = await tls.file(
    'locked.pem',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
  );
  const theirs = await other.file('theirs.pem', other.key);
  const missing = join(tls.folder, 'missing.pem');
  const reading = (files: { cert?: string; key?: string }) => readTlsFiles({ cert, key, ...files });

  await expect(reading({ cert: missing })).rejects.toThrow(
    /^--tls-cert: .*missing\.pem cannot be read: ENOENT/,
  );
  await expect(reading({ key: missing })).rejects.toThrow(
    /^--tls-key: .*missing\.pem cannot be read: ENOENT/,
  );
  await expect(reading({ cert: garbage })).rejects.toThrow(/garbage\.pem holds no certificate/);
  await expect(reading({ cert: key })).rejects.toThrow(/key\.pem holds no certificate/);
  await expect(reading({ key: garbage })).rejects.toThrow(/garbage\.pem holds no private key/);
  await expect(reading({ key: locked })).rejects.toThrow(/locked\.pem has a passphrase/);
  await expect(reading({ key: theirs })).rejects.toThrow(
    /theirs\.pem is not the key of the certificate in .*cert\.pem/,
  );
});

test('the console does not start with a key that is not the one of its certificate, and touches no data', async () => {
  await using tls = await certified();
  await using other = await certified();
  const data = join(tls.folder, 'data');
  const program = fileURLToPath(new URL('../../../server.ts', import.meta.url));
  const cert = await tls.file('cert.pem', tls.cert);
  const key = await other.file('key.pem', other.key);
  const args = [program, '--data', data, '--tls-cert', cert, '--tls-key', key];
  const started = spawn(process.execPath, args);
  const [said, [exitCode]] = await Promise.all([text(started.stderr), once(started, 'exit')]);
  expect(said).toMatch(/^--tls-key: .*key\.pem is not the key of the certificate in .*cert\.pem\.$/m);
  expect(exitCode).toBe(2);
  expect(await readdir(tls.folder)).not.toContain('data');
}, 30_000);
