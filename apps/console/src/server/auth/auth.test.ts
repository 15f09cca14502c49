import { expect, test } from 'vitest';
import { requestHandlers } from '../http/request-handlers.ts';
import { TestConsole } from '../testing/test-console.ts';

const ada = { name: 'Ada', email: 'Ada@Example.org', password: 'a long enough password' };
const origin = 'http://127.0.0.1:8420';

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Request(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', host: '127.0.0.1:8420', origin, ...headers },
    body: JSON.stringify(body),
  });

const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

test('the first administrator is made once, however many ask at the same moment', async () => {
  await using console = await TestConsole.start();
  const api = console.as(null);
  expect(await api.setup.state()).toEqual({ needsAdministrator: true });
  const made = await Promise.allSettled(
    ['a', 'b', 'c'].map((name) => api.setup.createAdministrator({ ...ada, email: `${name}@example.org` })),
  );
  expect(made.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(await api.setup.state()).toEqual({ needsAdministrator: false });
  await expect(api.setup.createAdministrator(ada)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('the administrator signs in with any case of the e-mail, is known by the cookie, and signs out', async () => {
  await using console = await TestConsole.start();
  await console.as(null).setup.createAdministrator(ada);
  const handlers = requestHandlers(console.started);

  const signedIn = await handlers.auth(
    post('/api/auth/sign-in/email', { email: 'ada@example.ORG', password: ada.password }),
  );
  expect(signedIn.status).toBe(200);
  const [cookie] = signedIn.headers.getSetCookie();
  expect(cookie).toMatch(/^signalbox\.session_token=/);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');

  const headers = { cookie: cookiesOf(signedIn) };
  expect(await handlers.operatorOf(new Headers(headers))).toEqual({
    name: 'Ada',
    email: 'ada@example.org',
    role: 'admin',
  });
  const me = await handlers.trpc(new Request(`${origin}/api/trpc/me`, { headers }));
  expect(await me.json()).toMatchObject({ result: { data: { name: 'Ada', role: 'admin' } } });

  await handlers.auth(post('/api/auth/sign-out', {}, headers));
  expect(await handlers.operatorOf(new Headers(headers))).toBeNull();
});

test('nobody signs up, chooses a role, or gets in with a wrong password', async () => {
  await using console = await TestConsole.start();
  await console.as(null).setup.createAdministrator(ada);
  const handlers = requestHandlers(console.started);
  const eve = { name: 'Eve', email: 'eve@example.org', password: 'another long password' };
  expect((await handlers.auth(post('/api/auth/sign-up/email', { ...eve, role: 'admin' }))).status).toBe(400);
  const wrong = await handlers.auth(
    post('/api/auth/sign-in/email', { email: ada.email, password: 'not the password' }),
  );
  expect(wrong.status).toBe(401);

  const signedIn = await handlers.auth(post('/api/auth/sign-in/email', ada));
  const headers = { cookie: cookiesOf(signedIn) };
  const raised = await handlers.auth(post('/api/auth/update-user', { role: 'viewer' }, headers));
  expect(raised.status).toBe(400);
});

test('a page of another site cannot use the cookie', async () => {
  await using console = await TestConsole.start();
  await console.as(null).setup.createAdministrator(ada);
  const handlers = requestHandlers(console.started);
  const signedIn = await handlers.auth(post('/api/auth/sign-in/email', ada));
  const answer = await handlers.auth(
    post('/api/auth/sign-out', {}, { cookie: cookiesOf(signedIn), origin: 'http://evil.example' }),
  );
  expect(answer.status).toBe(403);
});

test('guessing passwords is slowed down after thirty attempts in a minute', async () => {
  await using console = await TestConsole.start();
  const handlers = requestHandlers(console.started);
  const statuses: number[] = [];
  for (let i = 0; i < 31; i++) {
    const headers = { 'x-signalbox-client-address': '192.0.2.1' };
    const body = { email: ada.email, password: `guess number ${i}` };
    statuses.push((await handlers.auth(post('/api/auth/sign-in/email', body, headers))).status);
  }
  expect(statuses.at(0)).toBe(401);
  expect(statuses.at(-1)).toBe(429);
}, 60_000);

test('a session survives a restart of the console', async () => {
  await using console = await TestConsole.start();
  await console.as(null).setup.createAdministrator(ada);
  const signedIn = await requestHandlers(console.started).auth(post('/api/auth/sign-in/email', ada));
  await console.restart();
  const headers = new Headers({ cookie: cookiesOf(signedIn) });
  expect(await requestHandlers(console.started).operatorOf(headers)).toMatchObject({ name: 'Ada' });
});
