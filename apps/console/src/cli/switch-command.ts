// NAT <-> DR from the command line: the same preflight, steps and proofs as the lever on the screen.
import { setTimeout as delay } from 'node:timers/promises';
import type { ForwardingMethod, Problem } from '@signalbox/cluster';
import type { TRPCClient } from '@trpc/client';
import type { ConsoleRouter } from '../api/root.ts';
import type { SwitchCommand, SwitchPreflight, SwitchView } from '../api/switch-contract.ts';
import type { Answer } from './commands.ts';

type Remote = TRPCClient<ConsoleRouter>;

export interface SwitchWish {
  readonly clusterId: string;
  readonly to: ForwardingMethod;
  /** Ids; all of the cluster when none is named. */
  readonly services: readonly string[];
  /** Stay when the flip is verified, with both ways ready. */
  readonly keepBoth: boolean;
  /** Do not wait for the old connections to end: that goes on at the console. */
  readonly untilFlipped: boolean;
  /** Seconds in which somebody has to confirm, or it is undone; null: it stays. */
  readonly confirmWithin: number | null;
}

const ASK_EVERY_MS = 100;
/** How often in a row the console may fail to answer: it goes on with the switch when it was restarted. */
const FAILURES_ALLOWED = 600;

/** Throws the lever and waits for the end: of the walk, or of the flip when that was wished. */
export async function switchServices(remote: Remote, wish: SwitchWish): Promise<Answer> {
  const { clusterId, to, keepBoth, untilFlipped, confirmWithin } = wish;
  const { revision, topology } = await remote.clusters.get.query({ clusterId });
  const services = wish.services.length > 0 ? [...wish.services] : topology.services.map(({ id }) => id);
  const found = await remote.switches.preflight.mutate({ clusterId, services, to });
  const problems = problemsIn(found);
  const lines = problems.map(({ severity, message }) => `${severity}: ${message}`);
  if (problems.some(({ severity }) => severity === 'error')) return { code: 3, value: found, lines };
  const { switchId } = await remote.switches.start.mutate({
    clusterId,
    services,
    to,
    revision,
    confirmWithin,
  });
  if (keepBoth) await remote.switches.command.mutate({ switchId, command: 'keepBoth' });
  const isThere = (view: SwitchView) => {
    // It tries again by itself; who waits here wants to know why.
    if (view.state === 'held' || view.state === 'confirming') return true;
    const stays = view.state === 'warm' || (untilFlipped && isFlipped(view));
    return view.finishedAt !== null || (stays && (goesBy(view) === to || view.failure !== null));
  };
  const view = await waited(remote, switchId, isThere);
  return { code: goesBy(view) === to ? 0 : 4, value: view, lines: [...lines, ...viewLines(view)] };
}

/** What an operator may tell a switch that is under way, as it is typed. */
export const switchWords = {
  confirm: 'confirm',
  'go-back': 'goBack',
  'go-on': 'goOn',
  'keep-both': 'keepBoth',
  drain: 'drain',
  'cut-now': 'cutNow',
} as const satisfies Record<string, SwitchCommand>;
export type SwitchWord = keyof typeof switchWords;

/** Tells the switch that is under way, and answers how it stands. */
export async function tellSwitch(remote: Remote, clusterId: string, word: SwitchWord): Promise<Answer> {
  const { switchId } = await remote.clusters.get.query({ clusterId });
  if (switchId === null) return { code: 3, value: null, lines: ['No switch is under way.'] };
  await remote.switches.command.mutate({ switchId, command: switchWords[word] });
  const view: SwitchView = await remote.switches.get.query({ switchId });
  return { code: 0, value: view, lines: viewLines(view) };
}

export const problemsIn = ({ problems, services }: SwitchPreflight): readonly Problem[] => [
  ...problems,
  ...services.flatMap((service) => service.problems),
];

/** The method of new connections. */
const goesBy = ({ step, to, services }: SwitchView) =>
  step === 'flipped' || step === 'done' ? to : services[0]?.from;

const isFlipped = ({ state }: SwitchView) => state === 'draining' || state === 'retiring';

async function waited(
  remote: Remote,
  switchId: string,
  isThere: (view: SwitchView) => boolean,
): Promise<SwitchView> {
  for (let failures = 0; ; await delay(ASK_EVERY_MS)) {
    try {
      const view: SwitchView = await remote.switches.get.query({ switchId });
      if (isThere(view)) return view;
      failures = 0;
    } catch (error) {
      if (++failures > FAILURES_ALLOWED) throw error;
    }
  }
}

const viewLines = ({ state, failure, stages, confirmBy }: SwitchView) => [
  ...stages.map((stage) => {
    const took = stage.milliseconds === null ? '' : ` (${stage.milliseconds} ms)`;
    return `${stage.name}: ${stage.state}${took}`;
  }),
  `${state}${failure === null ? '' : `: ${failure}`}`,
  ...(confirmBy === null ? [] : [`to be confirmed by ${confirmBy}, or it is undone: tell-switch confirm`]),
];
