// Switching NAT <-> DR under the same load by three means: the product, the tutorial's scripts, a keepalived reload.
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type LabHandle, labAt } from '../client/lab.ts';
import { applyDraft, signIn } from '../client/signed-in-console.ts';
import { type Load, type Loaded, underLoad } from '../load/steady-load.ts';
import type { Place } from '../state/place.ts';
import { keepalivedReload } from './keepalived-reload.ts';
import { percentile } from './percentile.ts';
import type { Ground, ThrowTo, Way } from './switch-ground.ts';
import { tutorialScripts } from './tutorial-scripts.ts';

const SWITCHES_EACH_WAY = 20;
/** The first switch of a cluster finds nothing prepared: each needs machines made anew. */
const FIRST_SWITCHES = 5;
const LONG_LIVED = 200;
/** Hardly anybody reads a preflight faster. */
const READING_MS = 2000;
/** As quick as a hand: some twenty switches a minute. */
const PAUSE_MS = 2000;
/** A browser is told; asking more often would keep the console from its work. */
const LOOK_EVERY_MS = 100;

export const grounds: readonly Ground[] = [
  { scenario: 'nat', director: 'node2', vip: '192.168.0.111', outer: 'eth0', inner: 'eth1' },
  { scenario: 'dr', director: 'node5', vip: '192.168.137.100', outer: 'eth0', inner: 'eth0' },
];

const means: readonly {
  readonly name: string;
  readonly make: (lab: LabHandle, ground: Ground) => Promise<ThrowTo>;
}[] = [
  { name: 'Signalbox, both ways kept', make: (lab, ground) => byProduct(lab, ground, { keepBoth: true }) },
  { name: 'the tutorial’s scripts', make: tutorialScripts },
  { name: 'keepalived reload', make: keepalivedReload },
];

/** A throw of the lever: where to, and when it was confirmed, in milliseconds of the epoch. */
interface Thrown {
  readonly to: Way;
  readonly at: number;
}

export async function switches(place: Place, say: (line: string) => void): Promise<void> {
  const lab = labAt(place.folder);
  say(
    `\n${LONG_LIVED} long-lived connections and requests without pause; milliseconds from the order to the`,
  );
  say('first new connection that is answered by the other method:');
  for (const ground of grounds) {
    say(`\n${ground.scenario} topology, ${SWITCHES_EACH_WAY} switches each way, after a first to and fro`);
    for (const { name, make } of means) {
      const throwTo = await make(lab, ground);
      const { loaded, thrown, toGate, toMasq } = await measured(lab, ground, {
        throwTo,
        notCounted: 2,
        times: 2 * SWITCHES_EACH_WAY,
      });
      say(line(name, loaded, `to DR ${figures(toGate)}, to NAT ${figures(toMasq)}`));
      for (const why of whyFailed(loaded, thrown)) say(why);
    }
  }
}

/** The first switch of a cluster, that nothing is prepared for, by the product alone. */
export async function firstSwitches(place: Place, say: (line: string) => void): Promise<void> {
  say(
    `\nthe first switch of a cluster, confirmed ${READING_MS} ms after its preflight was shown, under the same load (${LONG_LIVED} long-lived), and with nobody there:`,
  );
  for (const ground of grounds)
    for (const longLived of [LONG_LIVED, null]) say(await firstOn(labAt(place.folder), ground, longLived));
}

interface Measuring {
  readonly throwTo: ThrowTo;
  /** Switches at the beginning that find nothing warm. */
  readonly notCounted: number;
  readonly times: number;
  readonly load?: Pick<Load, 'workers' | 'longLived'>;
}

async function measured(
  lab: LabHandle,
  { vip }: Ground,
  { throwTo, notCounted, times, load = { longLived: LONG_LIVED } }: Measuring,
) {
  const thrown: Thrown[] = [];
  const loaded = await underLoad(lab, { node: 'node1', vip, ...load }, async () => {
    for (let i = 0; i < notCounted + times; i += 1) {
      const to = i % 2 === 0 ? 'gate' : 'masq';
      thrown.push({ to, at: await throwTo(to) });
      await sleep(PAUSE_MS);
    }
  });
  /** Longer than anything for a switch that no client saw before the next one. */
  const timesTo = (way: Way) =>
    thrown.flatMap(({ to, at }, place) => {
      const next = thrown[place + 1]?.at ?? Number.POSITIVE_INFINITY;
      const turn = loaded.turns.find((turn) => turn.at >= at && turn.fromVip === (to === 'gate'));
      return to === way && place >= notCounted
        ? [turn !== undefined && turn.at < next ? turn.at - at : Number.POSITIVE_INFINITY]
        : [];
    });
  return { loaded, thrown, toGate: timesTo('gate'), toMasq: timesTo('masq') };
}

/** Nothing is prepared, and the other way has to be proven before anybody is sent there. */
async function firstOn(lab: LabHandle, ground: Ground, longLived: number | null): Promise<string> {
  const times: number[] = [];
  const stages: Stages[] = [];
  const all = { requests: 0, failed: 0, longLived: 0, lost: 0, maxMs: 0 };
  for (let i = 0; i < FIRST_SWITCHES; i += 1) {
    const throwTo = await byProduct(lab, ground, {
      readingMs: READING_MS,
      flipped: (passed) => stages.push(passed),
    });
    // One client is needed to see it.
    const load = longLived === null ? { workers: 1, longLived: 0 } : { longLived };
    const { loaded, toGate } = await measured(lab, ground, { throwTo, notCounted: 0, times: 1, load });
    times.push(...toGate);
    for (const key of ['requests', 'failed', 'longLived', 'lost'] as const) all[key] += loaded[key];
    all.maxMs = Math.max(all.maxMs, loaded.maxMs);
  }
  const load = longLived === null ? 'one client' : 'under load';
  const shares = (['prepare', 'prove', 'flip'] as const)
    .map((name) => `${name} ${figures(stages.map((passed) => passed[name] ?? Number.POSITIVE_INFINITY))}`)
    .join(', ');
  const title = `${ground.scenario}, ${FIRST_SWITCHES} times, ${load}`;
  return `${line(title, all, `to DR ${figures(times)}`)}\n  ${''.padEnd(28)} of it ${shares}`;
}

/** How long a switch was in each of its stages, in milliseconds. */
type Stages = Readonly<Record<string, number | null>>;

type Counted = Pick<Loaded, 'requests' | 'failed' | 'longLived' | 'lost' | 'maxMs'>;

function line(title: string, { requests, failed, longLived, lost, maxMs }: Counted, times: string): string {
  return `  ${title.padEnd(28)} failed ${failed} of ${requests}, lost ${lost} of ${longLived}, slowest ${maxMs} ms; ${times}`;
}

/** What the failures were, and of the first one when it came and how its socket stood. */
function whyFailed({ failures, missed }: Loaded, thrown: readonly Thrown[]): string[] {
  const kinds = Object.entries(failures).map(([code, times]) => `${code} ${times}`);
  const [first] = missed;
  if (!first) return kinds.length === 0 ? [] : [`    ${kinds.join(', ')}`];
  const before = thrown.findLast(({ at }) => at <= first.at);
  const since = before ? `${first.at - before.at} ms after the order to ${before.to}` : 'before any order';
  return [
    `    ${kinds.join(', ')}; the first began ${since} and took ${first.tookMs} ms from port ${first.from}: ${first.socket}`,
  ];
}

function figures(times: readonly number[]): string {
  const at = (share: number) => {
    const time = percentile(times, share);
    return Number.isFinite(time) ? time : 'never';
  };
  return `p50 ${at(0.5)} p95 ${at(0.95)}`;
}

interface Throwing {
  /** From when the preflight is shown to its confirmation. */
  readonly readingMs?: number;
  readonly flipped?: (stages: Stages) => void;
  /** The first switch is told to stay where it is, with the other way ready. */
  readonly keepBoth?: boolean;
}

async function byProduct(
  lab: LabHandle,
  { scenario }: Ground,
  { readingMs = 0, flipped = () => undefined, keepBoth = false }: Throwing = {},
): Promise<ThrowTo> {
  const { console } = await lab.reset(scenario, { product: true });
  if (!console) throw new Error('the lab runs no console');
  const api = await signIn(console);
  const { clusterId } = api;
  await applyDraft(api);
  let isKept = !keepBoth;
  return async (to) => {
    const { revision } = Cluster.parse(await api.query('clusters.get', { clusterId }));
    // As the dialog does: what is confirmed was shown before.
    await api.mutate('switches.preflight', { clusterId, services: ['web'], to });
    await sleep(readingMs);
    const order = { clusterId, services: ['web'], to, revision };
    const began = Date.now();
    const { switchId } = z.object({ switchId: z.string() }).parse(await api.mutate('switches.start', order));
    if (!isKept) await api.mutate('switches.command', { switchId, command: 'keepBoth' });
    isKept = true;
    for (;;) {
      const view = View.parse(await api.query('switches.get', { switchId }));
      const goesBy = view.step === 'flipped' || view.step === 'done' ? view.to : view.services[0]?.from;
      if (goesBy === to) {
        flipped(Object.fromEntries(view.stages.map(({ name, milliseconds }) => [name, milliseconds])));
        return began;
      }
      if (view.state === 'wentBack') throw new Error(view.failure ?? 'the switch went back');
      await sleep(LOOK_EVERY_MS);
    }
  };
}

const Cluster = z.looseObject({ revision: z.number() });
const View = z.looseObject({
  state: z.string(),
  step: z.string(),
  to: z.string(),
  failure: z.string().nullable(),
  services: z.array(z.looseObject({ from: z.string() })),
  stages: z.array(z.looseObject({ name: z.string(), milliseconds: z.number().nullable() })),
});
