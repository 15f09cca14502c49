// Proof that the new way works through every real server, before any client is sent over it (docs/decisions/002).
import {
  type ArpOutcome,
  canariesFor,
  CANARY_SECONDS,
  type CanaryOutcome,
  type CanaryPlan,
  type CanaryProbe,
  type Problem,
  proofProblems,
  type Topology,
} from '@signalbox/cluster';
import type { SwitchProof } from '../../api/switch-contract.ts';
import { type ArpSilence, isSilent } from './arp-silence.ts';
import { askFacts } from './ask-facts.ts';
import type { NodeLinks } from './node-links.ts';
import type { RunningSwitch } from './running-switch.ts';
import { orderOf } from './switch-walk.ts';

/** A canary that works is answered in a round trip; one that is lost in the flush of a route gets a second try. */
const TRY_MS = 1000;
const TRIES = 2;
/** What flew and did not stand until the end proves nothing, and is flown once more. */
const FLIGHTS = 2;

export interface ProofHands {
  readonly run: RunningSwitch;
  /** As it is served now, by the way that new connections still take. */
  readonly topology: Topology;
  readonly links: NodeLinks;
  readonly silence: ArpSilence;
  /** Called when the canaries have flown: what is left is to wait for ARP, and hosts have time for something else. */
  readonly listening: () => void;
}

/** Answers why the new way is not safe; nothing when it is. The canaries are gone when it ends. */
export async function prove(hands: ProofHands): Promise<readonly Problem[]> {
  const { run, topology, links, silence, listening } = hands;
  const order = orderOf(run.stored);
  const withAgents = topology.nodes.filter(({ agent }) => agent !== null).map(({ id }) => id);
  const plan = canariesFor(topology, order, withAgents);
  const [arp, canaries] = await Promise.all([
    silence.ask({ clusterId: run.stored.clusterId, topology, order, links }),
    flyUntilStood({ plan, links, listening }),
  ]);
  await run.recorded({ proofs: shown(canaries, arp) });
  // Only to put a name to the hardware address of who should have been silent.
  const facts = isSilent(arp) ? new Map() : await askFacts(topology, order, links);
  return proofProblems(topology, order, { canaries: canaries.map(({ outcome }) => outcome), arp, facts });
}

interface Flown {
  readonly outcome: CanaryOutcome;
  readonly milliseconds: number | null;
}

interface Flying extends Pick<ProofHands, 'links' | 'listening'> {
  readonly plan: CanaryPlan;
}

async function flyUntilStood(flying: Flying): Promise<Flown[]> {
  for (let flights = 1; ; flights += 1) {
    const { flown, fallen } = await fly(flying);
    if (fallen.size === 0) return flown;
    if (flights === FLIGHTS) return flown.map((one) => unproven(one, fallen));
  }
}

/** Without its mark a packet goes the ordinary way, and is answered all the same. */
function unproven(one: Flown, fallen: ReadonlyMap<string, string>): Flown {
  const { probe, result } = one.outcome;
  const reason = fallen.get(probe.directorId);
  return reason !== undefined && result.kind === 'answered' ? notTried(probe, reason) : one;
}

interface Flight {
  readonly flown: Flown[];
  /** Directors whose canaries did not stand until the end, and why that is thought. */
  readonly fallen: ReadonlyMap<string, string>;
}

/** Sets the canaries, connects from everywhere at once, and takes them away whatever came of it. */
async function fly({ plan, links, listening }: Flying): Promise<Flight> {
  const problems = new Map<string, string>();
  await Promise.all(
    [...plan.canaries].map(async ([directorId, canaries]) => {
      const input = { canaries: [...canaries], seconds: CANARY_SECONDS };
      const answer = await links.ask(directorId, (proofs) => proofs.canaries(input));
      const problem =
        answer.kind === 'answered'
          ? answer.value.problem
          : answer.kind === 'silent'
            ? answer.message
            : 'It has no agent.';
      if (problem !== null) problems.set(directorId, problem);
    }),
  );
  const fallen = new Map<string, string>();
  const flown: Flown[] = [];
  try {
    const all = [...plan.probes].map(([fromNodeId, probes]) =>
      connectFrom({ fromNodeId, probes, problems }, links),
    );
    flown.push(...(await Promise.all(all)).flat());
  } finally {
    const takingOff = [...plan.canaries.keys()].map(async (id) => {
      const reason = await takenOff(id, links);
      if (reason !== null && !problems.has(id)) fallen.set(id, reason);
    });
    listening();
    await Promise.all(takingOff);
  }
  return { flown, fallen };
}

/** Answers why it is not certain that they stood until now. */
async function takenOff(directorId: string, links: NodeLinks): Promise<string | null> {
  const answer = await links.ask(directorId, (proofs) => proofs.canaries({ canaries: [], seconds: 1 }));
  if (answer.kind !== 'answered') return answer.kind === 'silent' ? answer.message : 'It has no agent.';
  return answer.value.stood ? null : 'something took its packet marks off the director meanwhile';
}

interface Connecting {
  readonly fromNodeId: string;
  readonly probes: readonly CanaryProbe[];
  /** Why a director has no canaries, by node. */
  readonly problems: ReadonlyMap<string, string>;
}

async function connectFrom({ fromNodeId, probes, problems }: Connecting, links: NodeLinks): Promise<Flown[]> {
  const grounded = probes.flatMap((probe): Flown[] => {
    const message = problems.get(probe.directorId);
    return message === undefined ? [] : [notTried(probe, message)];
  });
  let left = probes.filter(({ directorId }) => !problems.has(directorId));
  const flown = new Map<CanaryProbe, Flown>();
  for (let tries = 0; tries < TRIES && left.length > 0; tries += 1) {
    for (const one of await connectOnce(fromNodeId, left, links)) flown.set(one.outcome.probe, one);
    left = left.filter((probe) => flown.get(probe)?.outcome.result.kind !== 'answered');
  }
  return [...grounded, ...flown.values()];
}

async function connectOnce(
  fromNodeId: string,
  probes: readonly CanaryProbe[],
  links: NodeLinks,
): Promise<Flown[]> {
  const input = { connections: probes.map(({ connection }) => connection), timeoutMs: TRY_MS };
  const answer = await links.ask(fromNodeId, (proofs) => proofs.connect(input));
  if (answer.kind !== 'answered') {
    const message = answer.kind === 'silent' ? answer.message : 'It has no agent.';
    return probes.map((probe) => notTried(probe, message));
  }
  return probes.map((probe, at) => {
    const result = answer.value[at];
    if (!result) return notTried(probe, 'The agent said nothing about this one.');
    const milliseconds = result.kind === 'answered' ? result.milliseconds : null;
    return { outcome: { probe, result }, milliseconds };
  });
}

const notTried = (probe: CanaryProbe, message: string): Flown => ({
  outcome: { probe, result: { kind: 'failed', message } },
  milliseconds: null,
});

/** A UDP server need not answer: its silence is no failure, and proves nothing. */
function stateOf({ connection }: CanaryProbe, { kind }: CanaryOutcome['result']): SwitchProof['state'] {
  if (kind === 'answered') return 'proven';
  const unknown = kind === 'failed' || (kind === 'timedOut' && connection.protocol === 'udp');
  return unknown ? 'notTried' : 'failed';
}

function shown(canaries: readonly Flown[], arp: readonly ArpOutcome[]): SwitchProof[] {
  return [
    ...canaries.map(({ outcome: { probe, result }, milliseconds }): SwitchProof => {
      const { nodeId, fromNodeId, serviceId } = probe;
      const state = stateOf(probe, result);
      return { kind: 'canary', nodeId, fromNodeId, serviceId, state, milliseconds };
    }),
    ...arp.map(
      ({ question, replies }): SwitchProof => ({
        kind: 'arp',
        nodeId: question.directorId,
        fromNodeId: question.directorId,
        serviceId: null,
        state: replies === null ? 'notTried' : replies.length === 0 ? 'proven' : 'failed',
        milliseconds: null,
      }),
    ),
  ];
}
