// From the operator's Confirm to the kernel: one changed weight through console and agent, written, read back, reported.
import { setTimeout as sleep } from 'node:timers/promises';
import { Topology } from '@signalbox/cluster';
import { z } from 'zod';
import { labAt } from '../client/lab.ts';
import type { Place } from '../state/place.ts';
import type { ConsoleAccess } from '../wire/control-messages.ts';

const CHANGES = 40;

const Cluster = z.object({ revision: z.number(), topology: Topology });
const Review = z.object({
  revision: z.number(),
  hosts: z.array(z.looseObject({ kind: z.string(), nodeId: z.string(), digest: z.string().optional() })),
});

/** Applies one changed weight many times; prints the median and the 95th percentile in milliseconds. */
export async function confirmToKernel(place: Place, say: (line: string) => void): Promise<void> {
  const { console } = await labAt(place.folder).reset('nat', { product: true });
  if (!console) throw new Error('the lab runs no console');
  const api = await signedIn(console);
  await api.applyDraft();
  const times: number[] = [];
  for (let round = 0; round < CHANGES; round += 1) {
    await api.saveWeight(2 + (round % 2));
    times.push(await api.applyDraft());
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(0);
  say(
    `${'confirm to kernel, one weight, written and read back'.padEnd(58)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${CHANGES} changes)`,
  );
}

async function signedIn({ url, email, password, clusterId }: ConsoleAccess) {
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
    return z.object({ result: z.object({ data: z.unknown() }) }).parse(body).result.data;
  };
  const query = async (path: string, input: object) =>
    answerOf(
      await fetch(`${url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
        headers: { cookie },
      }),
    );
  const mutate = async (path: string, input: object) =>
    answerOf(
      await fetch(`${url}/api/trpc/${path}`, {
        method: 'POST',
        headers: { ...json, cookie },
        body: JSON.stringify(input),
      }),
    );

  return {
    async saveWeight(weight: number): Promise<void> {
      const { revision, topology } = Cluster.parse(await query('clusters.get', { clusterId }));
      const services = topology.services.map((service) => ({
        ...service,
        scheduler: 'wrr',
        destinations: service.destinations.map((one, i) => (i === 0 ? { ...one, weight } : one)),
      }));
      await mutate('clusters.save', { clusterId, revision, topology: { ...topology, services } });
    },
    /** Milliseconds from the confirmation of a review to the end of its rollout. */
    async applyDraft(): Promise<number> {
      const { revision, hosts } = Review.parse(await mutate('clusters.review', { clusterId }));
      const digests = Object.fromEntries(
        hosts.flatMap(({ nodeId, digest }) => (digest ? [[nodeId, digest]] : [])),
      );
      const began = performance.now();
      const started = await mutate('rollouts.start', { clusterId, revision, digests });
      const { rolloutId } = z.object({ rolloutId: z.string() }).parse(started);
      for (;;) {
        const { state } = z
          .looseObject({ state: z.string() })
          .parse(await query('rollouts.get', { rolloutId }));
        if (state === 'done') return performance.now() - began;
        if (state === 'stopped') throw new Error('the rollout stopped');
        await sleep(5);
      }
    },
  };
}
