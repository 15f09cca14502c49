// Switching NAT <-> DR under the same load by three means: the product, the tutorial's scripts, a keepalived reload.
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type LabHandle, labAt } from '../client/lab.ts';
import { applyDraft, signIn } from '../client/signed-in-console.ts';
import { type Loaded, underLoad } from '../load/steady-load.ts';
import type { Place } from '../state/place.ts';
import { keepalivedReload } from './keepalived-reload.ts';

import type { Ground, Way } from './switch-ground.ts';
import { tutorialScripts } from './tutorial-scripts.ts';

const SWITCHES = 20;
const LONG_LIVED = 200;

export const grounds: readonly Ground[] = [
  { scenario: 'nat', director: 'node2', vip: '192.168.0.111', outer: 'eth0', inner: 'eth1' },
  { scenario: 'dr', director: 'node5', vip: '192.168.137.100', outer: 'eth0', inner: 'eth0' },
];

/** What brings the cluster to a method; answers the milliseconds until new connections go that way. */
type Means = (lab: LabHandle, ground: Ground) => Promise<(to: Way) => Promise<number>>;

const means: readonly { readonly name: string; readonly make: Means }[] = [
  { name: 'Signalbox', make: byProduct },
  { name: 'the tutorial’s scripts', make: tutorialScripts },
  { name: 'keepalived reload', make: keepalivedReload },
];

export async function switches(place: Place, say: (line: string) => void): Promise<void> {
  const lab = labAt(place.folder);
  say(`\n${SWITCHES} switches, ${LONG_LIVED} long-lived connections and requests without pause:`);
  for (const ground of grounds)
    for (const { name, make } of means) {
      const throwTo = await make(lab, ground);
      const times: number[] = [];
      const loaded = await underLoad(
        lab,
        { node: 'node1', vip: ground.vip, longLived: LONG_LIVED },
        async () => {
          for (let i = 0; i < SWITCHES; i += 1) {
            times.push(await throwTo(i % 2 === 0 ? 'gate' : 'masq'));
            await sleep(500);
          }
        },
      );
      say(line(`${ground.scenario} topology, ${name}`, loaded, times));
    }
}

function line(title: string, { requests, failed, longLived, lost, maxMs }: Loaded, times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(0);
  return `${title.padEnd(44)} failed ${failed} of ${requests}, lost ${lost} of ${longLived}, slowest ${maxMs} ms, switch p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

async function byProduct(lab: LabHandle, { scenario }: Ground): Promise<(to: Way) => Promise<number>> {
  const { console } = await lab.reset(scenario, { product: true });
  if (!console) throw new Error('the lab runs no console');
  const api = await signIn(console);
  await applyDraft(api);
  return async (to) => {
    const { clusterId } = api;
    const { revision } = z
      .looseObject({ revision: z.number() })
      .parse(await api.query('clusters.get', { clusterId }));
    const began = performance.now();
    const order = { clusterId, services: ['web'], to, revision };
    const { switchId } = z.object({ switchId: z.string() }).parse(await api.mutate('switches.start', order));
    for (;;) {
      const view = View.parse(await api.query('switches.get', { switchId }));
      const goesBy = view.step === 'flipped' || view.step === 'done' ? view.to : view.services[0]?.from;
      if (goesBy === to) return performance.now() - began;
      if (view.state === 'wentBack') throw new Error(view.failure ?? 'the switch went back');
      await sleep(5);
    }
  };
}

const View = z.looseObject({
  state: z.string(),
  step: z.string(),
  to: z.string(),
  failure: z.string().nullable(),
  services: z.array(z.looseObject({ from: z.string() })),
});
