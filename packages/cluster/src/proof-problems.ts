// Results of trials before the flip, turned into causes with names.
import type { ArpQuestion } from './arp-questions.ts';
import type { CanaryProbe } from './canary-plan.ts';
import { endpointText } from './keys.ts';
import { methodNames } from './method-names.ts';
import { movedWays } from './moved-ways.ts';
import { replyPath } from './packet-path.ts';
import type { Problem } from './problem.ts';
import { problemMaker } from './problem-rules.ts';
import { proofRules } from './proof-rules.ts';
import { type FactsByNode, pathOfWay } from './switch-problem.ts';
import { type SwitchOrder, withMethod } from './switch-steps.ts';
import type { Topology } from './topology.ts';
import { serviceName, type TopologyIndex, topologyIndex } from './topology-index.ts';
import type { Way } from './ways.ts';

/** What became of one connection. `failed`: it could not even be made. */
export type ConnectOutcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'refused' | 'timedOut' | 'unreachable' | 'failed'; readonly message: string };

export interface CanaryOutcome {
  readonly probe: CanaryProbe;
  readonly result: ConnectOutcome;
}

export interface ArpOutcome {
  readonly question: ArpQuestion;
  /** Null: it could not be asked, which proves nothing. */
  readonly replies: readonly { readonly mac: string; readonly askedAs: 'nobody' | 'host' }[] | null;
}

export interface Proof {
  readonly canaries: readonly CanaryOutcome[];
  readonly arp: readonly ArpOutcome[];
  readonly facts: FactsByNode;
}

export type ProofProblemCode = keyof typeof proofRules;
export type ProofProblem = Problem & { readonly code: ProofProblemCode };
const problem = problemMaker(proofRules);

/** Why the new way is not proven. Empty when every real server answered and nobody else answers for a VIP. */
export function proofProblems(topology: Topology, order: SwitchOrder, proof: Proof): ProofProblem[] {
  const index = topologyIndex(topology);
  const ways = movedWays(index, order);
  const trials = ways.map((way) => ({ way, outcomes: outcomesOf(way, proof.canaries) }));
  const after = withMethod(topology, order);
  const found = [
    // First: what answers for the VIP is why clients get lost.
    ...proof.arp.flatMap((outcome) => arpLeaks(index, outcome, proof.facts)),
    ...trials.flatMap(({ way, outcomes }) => {
      const cause = causeOf(index, way, outcomes);
      return cause === null ? [] : [cause];
    }),
    ...lostClients(index, after, trials),
  ];
  return [...new Map(found.map((one) => [one.message, one])).values()];
}

interface Trial {
  readonly way: Way;
  readonly outcomes: readonly CanaryOutcome[];
}

const outcomesOf = ({ service, destination }: Way, canaries: readonly CanaryOutcome[]) =>
  canaries.filter(({ probe }) => probe.serviceId === service.id && probe.destinationId === destination.id);

const nameOf = (index: TopologyIndex, id: string) => index.nodes.get(id)?.name ?? id;

/** Why nobody was answered through this real server; null when somebody was. */
function causeOf(index: TopologyIndex, way: Way, outcomes: readonly CanaryOutcome[]): ProofProblem | null {
  const kinds = new Map(outcomes.map(({ result, probe }) => [result.kind, { result, probe }]));
  if (kinds.has('answered')) return null;
  const { service, destination, vip, director, realServer } = way;
  const rip = endpointText(destination.address, destination.port);
  const values = { service: serviceName(index, service), node: realServer.name };
  const path = pathOfWay(way);
  const method = methodNames[way.method];
  const target = way.method === 'gate' ? endpointText(vip.address, service.at.port) : rip;
  if (kinds.has('refused')) return problem('canaryRefused', path, { ...values, method, address: target });
  const from = outcomes.map(({ probe }) => nameOf(index, probe.fromNodeId)).join(', ') || director.name;
  if (kinds.has('unreachable')) {
    const address = destination.address.text;
    return problem('canaryUnreachable', path, { ...values, director: director.name, address });
  }
  if (kinds.has('timedOut')) {
    if (service.at.protocol === 'udp')
      return problem('canarySilent', path, { ...values, method, address: target });
    return way.method === 'gate'
      ? problem('canaryTimedOut', path, { ...values, from, vip: vip.address.text })
      : problem('canaryTimedOutByNat', path, { ...values, from, address: rip, director: director.name });
  }
  const failed = kinds.get('failed')?.result;
  const reason = failed && 'message' in failed ? failed.message : 'no agent could be asked';
  // A sentence of its own, inside a longer one.
  return problem('canaryNotTried', path, { ...values, from, reason: reason.replace(/\.$/, '') });
}

/** Clients who got no answer where the director got one: the real server serves, and the way to them does not. */
function lostClients(index: TopologyIndex, after: Topology, trials: readonly Trial[]): ProofProblem[] {
  const byService = Map.groupBy(trials, ({ way }) => way.service.id);
  return [...byService.values()].flatMap((ofService) => {
    const lost = ofService.flatMap(({ way, outcomes }) =>
      outcomes.filter((outcome) => isLost(outcome, outcomes)).map(({ probe }) => ({ way, probe })),
    );
    const byClient = Map.groupBy(lost, ({ probe }) => probe.fromNodeId);
    return [...byClient.values()].flatMap((list) => {
      const everywhere = list.length === ofService.length;
      return (everywhere ? list.slice(0, 1) : list).map(({ way, probe }) => {
        const { service, destination, director, realServer } = way;
        const nodes = replyPath(after, service.id, destination.id).map((id) => nameOf(index, id));
        const values = {
          service: serviceName(index, service),
          method: methodNames[way.method],
          director: director.name,
          from: nameOf(index, probe.fromNodeId),
          path: nodes.join(' > '),
        };
        return everywhere
          ? problem('canaryClientLost', ['services', service.id], values)
          : problem('canaryReplyLost', pathOfWay(way), { ...values, node: realServer.name });
      });
    });
  });
}

/** Answered to somebody, but not to this one. What could not even be tried tells nothing. */
const isLost = ({ probe, result }: CanaryOutcome, outcomes: readonly CanaryOutcome[]): boolean =>
  probe.fromNodeId !== probe.directorId &&
  result.kind !== 'answered' &&
  result.kind !== 'failed' &&
  outcomes.some((other) => other.result.kind === 'answered');

/** Who answers for a VIP beside the director. One that answers only to a real asker is a proxy. */
function arpLeaks(
  index: TopologyIndex,
  { question, replies }: ArpOutcome,
  facts: FactsByNode,
): ProofProblem[] {
  const owners = new Map(
    [...facts].flatMap(([id, found]) => (found?.links ?? []).map(({ mac }) => [mac.toLowerCase(), id])),
  );
  const director = nameOf(index, question.directorId);
  const vip = question.address.text;
  if (replies === null) {
    const values = { director, vip, interface: question.interface };
    return [problem('arpNotAsked', ['nodes', question.directorId], values)];
  }
  const byMac = Map.groupBy(replies, ({ mac }) => mac.toLowerCase());
  return [...byMac].flatMap(([mac, heard]): ProofProblem[] => {
    const id = owners.get(mac);
    if (id === question.directorId) return [];
    if (id === undefined) return [problem('arpLeakUnknown', ['vips', vip], { mac, vip, director })];
    const isProxy = heard.every(({ askedAs }) => askedAs === 'host');
    const values = { mac, vip, director, node: nameOf(index, id) };
    return [problem(isProxy ? 'arpLeakByProxy' : 'arpLeak', ['nodes', id], values)];
  });
}
