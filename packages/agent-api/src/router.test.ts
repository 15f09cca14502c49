import { emptyHostState } from '@signalbox/cluster';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { expect, test } from 'vitest';
import type { Agent } from './agent.ts';
import { AgentRefusal, type RefusalKind } from './refusal.ts';
import { agentRouter } from './router.ts';

const never = () => Promise.reject(new Error('not asked here'));

const forever = () => ({ [Symbol.asyncIterator]: () => ({ next: never }) });

const agentThatRefuses = (refusal: Error): Agent => ({
  info: never,
  support: never,
  observe: never,
  preview: () => Promise.reject(refusal),
  accept: never,
  execute: never,
  confirm: never,
  watch: forever,
  proofs: {
    facts: never,
    canaries: never,
    connect: never,
    askArp: never,
    sockets: never,
    probe: forever,
  },
});

async function preview(agent: Agent, body: unknown) {
  const response = await fetchRequestHandler({
    endpoint: '/',
    router: agentRouter(agent, { request: never, install: never }),
    req: new Request('https://agent/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const problem = {
  code: 'ipvsMissing',
  severity: 'error',
  path: ['ipvs'],
  values: {},
  message: 'no ip_vs',
} as const;

const expected: [RefusalKind, number, string][] = [
  ['digestDiffers', 409, 'CONFLICT'],
  ['epochTooLow', 409, 'CONFLICT'],
  ['rolloutUnknown', 404, 'NOT_FOUND'],
  ['phaseOutOfOrder', 412, 'PRECONDITION_FAILED'],
  ['busy', 429, 'TOO_MANY_REQUESTS'],
  ['certificateUnfit', 412, 'PRECONDITION_FAILED'],
  ['problems', 412, 'PRECONDITION_FAILED'],
];

test.each(expected)(
  'a refusal %s travels as %i %s with its kind and problems',
  async (kind, status, code) => {
    const agent = agentThatRefuses(new AgentRefusal(kind, 'because', [problem]));

    const answer = await preview(agent, emptyHostState);

    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toBe('because');
    expect(answer.body.error.data).toMatchObject({ code, refusal: kind, problems: [problem] });
    expect(answer.body.error.data.stack).toBeUndefined();
  },
);

test('a failure of the agent itself is an internal error and no refusal', async () => {
  const answer = await preview(agentThatRefuses(new Error('disk full')), emptyHostState);

  expect(answer.status).toBe(500);
  expect(answer.body.error.data).toMatchObject({ refusal: null, problems: [] });
});

test('a desired state that is none is refused at the door', async () => {
  const answer = await preview(agentThatRefuses(new Error('never reached')), { services: 'all of them' });

  expect(answer.status).toBe(400);
});
