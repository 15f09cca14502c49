// From the operator's Confirm to the kernel: one changed weight through console and agent, written, read back, reported.
import { setTimeout as sleep } from 'node:timers/promises';
import { Topology } from '@signalbox/cluster';
import * as z from 'zod';
import { labAt } from '../client/lab.ts';
import { signIn } from '../client/signed-in-console.ts';
import type { Place } from '../state/place.ts';
import type { ConsoleAccess } from '../wire/control-messages.ts';
import { percentile } from './percentile.ts';

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
  const api = await draftOf(console);
  await api.applyDraft();
  const times: number[] = [];
  for (let round = 0; round < CHANGES; round += 1) {
    await api.saveWeight(2 + (round % 2));
    times.push(await api.applyDraft());
  }
  const at = (share: number) => percentile(times, share).toFixed(0);
  say(
    `${'confirm to kernel, one weight, written and read back'.padEnd(58)} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (${CHANGES} changes)`,
  );
}

async function draftOf(access: ConsoleAccess) {
  const api = await signIn(access);
  const { clusterId } = api;
  return {
    async saveWeight(weight: number): Promise<void> {
      const { revision, topology } = Cluster.parse(await api.query('clusters.get', { clusterId }));
      const services = topology.services.map((service) => ({
        ...service,
        scheduler: 'wrr',
        destinations: service.destinations.map((one, i) => (i === 0 ? { ...one, weight } : one)),
      }));
      await api.mutate('clusters.save', { clusterId, revision, topology: { ...topology, services } });
    },
    /** Milliseconds from the confirmation of a review to the end of its rollout. */
    async applyDraft(): Promise<number> {
      const { revision, hosts } = Review.parse(await api.mutate('clusters.review', { clusterId }));
      const digests = Object.fromEntries(
        hosts.flatMap(({ nodeId, digest }) => (digest ? [[nodeId, digest]] : [])),
      );
      const began = performance.now();
      const started = await api.mutate('rollouts.start', { clusterId, revision, digests });
      const { rolloutId } = z.object({ rolloutId: z.string() }).parse(started);
      for (;;) {
        const { state } = z
          .looseObject({ state: z.string() })
          .parse(await api.query('rollouts.get', { rolloutId }));
        if (state === 'done') return performance.now() - began;
        if (state === 'stopped') throw new Error('the rollout stopped');
        await sleep(5);
      }
    },
  };
}
