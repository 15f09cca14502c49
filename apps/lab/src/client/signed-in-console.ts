// The console's API as its screens use it, without a browser.
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { ConsoleAccess } from '../wire/control-messages.ts';

export interface SignedInConsole {
  readonly clusterId: string;
  /** Throws with the console's answer when it refuses. */
  query(path: string, input: object): Promise<unknown>;
  mutate(path: string, input: object): Promise<unknown>;
}

const Answer = z.object({ result: z.object({ data: z.unknown() }) });

export async function signIn({ url, email, password, clusterId }: ConsoleAccess): Promise<SignedInConsole> {
  const json = { 'content-type': 'application/json', origin: url };
  const entered = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email, password }),
  });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const answerOf = async (response: Response): Promise<unknown> => {
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(body));
    return Answer.parse(body).result.data;
  };
  return {
    clusterId,
    query: async (path, input) =>
      answerOf(
        await fetch(`${url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
          headers: { cookie },
        }),
      ),
    mutate: async (path, input) =>
      answerOf(
        await fetch(`${url}/api/trpc/${path}`, {
          method: 'POST',
          headers: { ...json, cookie },
          body: JSON.stringify(input),
        }),
      ),
  };
}

const Rollout = z.looseObject({ state: z.string() });

/** Applies what is drawn, to the end. @throws when the rollout stops. */
export async function applyDraft(api: SignedInConsole): Promise<void> {
  const { clusterId } = api;
  const { revision, hosts } = z
    .looseObject({
      revision: z.number(),
      hosts: z.array(z.looseObject({ nodeId: z.string(), digest: z.string().optional() })),
    })
    .parse(await api.mutate('clusters.review', { clusterId }));
  const digests = Object.fromEntries(
    hosts.flatMap(({ nodeId, digest }) => (digest ? [[nodeId, digest]] : [])),
  );
  const started = await api.mutate('rollouts.start', { clusterId, revision, digests });
  const { rolloutId } = z.object({ rolloutId: z.string() }).parse(started);
  for (;;) {
    const { state } = Rollout.parse(await api.query('rollouts.get', { rolloutId }));
    if (state === 'done') return;
    if (state === 'stopped') throw new Error('the rollout stopped');
    await sleep(20);
  }
}
