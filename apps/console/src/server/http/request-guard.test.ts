import { expect, test } from 'vitest';
import { MAX_BODY_BYTES, type RequestFacts, refuseRequest } from './request-guard.ts';

const request = (facts: Partial<RequestFacts>): RequestFacts => ({
  method: 'POST',
  host: '127.0.0.1:8420',
  origin: undefined,
  fetchSite: undefined,
  contentLength: '2',
  chunked: false,
  ...facts,
});
const status = (facts: Partial<RequestFacts>, names: string[] = []) =>
  refuseRequest(request(facts), names)?.status ?? 'allowed';

test.each(['127.0.0.1:8420', 'localhost:8420', '[::1]:8420', '10.1.2.3:8420', 'LOCALHOST', 'x.localhost:1'])(
  'it answers to %s',
  (host) => expect(status({ host })).toBe('allowed'),
);

test.each(['evil.example:8420', 'localhost.evil.example', '', undefined, 'a b'])(
  'it does not answer to %s: a name may be rebound to our address',
  (host) => expect(status({ host })).toBe(421),
);

test('it answers to a name the operator allowed', () => {
  expect(status({ host: 'console.example:8420' }, ['console.example'])).toBe('allowed');
});

test('pages of other origins are refused, whatever they ask for', () => {
  expect(status({ origin: 'http://evil.example' })).toBe(403);
  expect(status({ origin: 'http://127.0.0.1:3000' })).toBe(403);
  expect(status({ method: 'GET', origin: 'http://evil.example' })).toBe(403);
  expect(status({ origin: 'http://127.0.0.1:8420' })).toBe('allowed');
  expect(status({ host: 'console.example', origin: 'https://console.example' }, ['console.example'])).toBe(
    'allowed',
  );
});

test('a change without an origin is refused when the browser says it comes from elsewhere', () => {
  expect(status({ fetchSite: 'cross-site' })).toBe(403);
  expect(status({ fetchSite: 'same-site' })).toBe(403);
  expect(status({ origin: 'null' })).toBe(403);
  expect(status({ fetchSite: 'same-origin' })).toBe('allowed');
  expect(status({ method: 'GET', fetchSite: 'cross-site' })).toBe('allowed');
});

test('bodies say their length and have a limit', () => {
  expect(status({ contentLength: String(MAX_BODY_BYTES + 1) })).toBe(413);
  expect(status({ chunked: true })).toBe(411);
});
