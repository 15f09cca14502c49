// A rollout as a value: what is ordered, and how each thing that happens changes the record. Pure.
import type { DescribedOperation, OperationResult, PhaseResult } from '@signalbox/agent-api';
import { canonicalOperations, type OperationFailure, type Phase } from '@signalbox/cluster';
import type { StoredHostPhase, StoredResult, StoredRollout, StoredRolloutHost } from '@signalbox/db';
import type { HostReview, RolloutView } from '../../api/contract.ts';
import { rolloutWhat } from './rollout-what.ts';

export const phases = ['prepare', 'switch', 'retire'] as const satisfies readonly Phase[];

type ReviewedHost = Pick<Extract<HostReview, { kind: 'ready' }>, 'nodeId' | 'digest' | 'operations'>;

/** A reviewed host's part of a new rollout: every operation waits in its phase. A phase with nothing to do is done. */
export const orderedHost = ({ nodeId, digest, operations }: ReviewedHost): StoredRolloutHost => ({
  nodeId,
  digest,
  phases: phases.map((phase) => {
    const results = waiting(operations, phase);
    return { phase, state: results.length === 0 ? 'done' : 'waiting', results };
  }),
});

/** Whether a host would do nothing that was not ordered of it: some of it may be there by now. */
export function isWithin(now: StoredRolloutHost, ordered: StoredRolloutHost): boolean {
  const known = new Set(ordered.phases.flatMap(operationTexts));
  return now.phases.flatMap(operationTexts).every((text) => known.has(text));
}

const operationTexts = ({ phase, results }: StoredHostPhase) =>
  results.map(({ operation }) => canonicalOperations([{ phase, operation }]));

const waiting = (operations: readonly DescribedOperation[], phase: Phase): StoredResult[] =>
  operations
    .filter((planned) => planned.phase === phase)
    .map(({ operation, command }) => ({ operation, command, outcome: { kind: 'waiting' } }));

export const hostPhaseOf = (result: PhaseResult): StoredHostPhase => ({
  phase: result.phase,
  state: result.state,
  results: result.results,
});

/** A phase whose agent was lost: nobody can say what was done, and the record does not pretend to. */
export const lostHostPhase = ({ phase, results }: StoredHostPhase): StoredHostPhase => ({
  phase,
  state: 'failed',
  results: results.map(({ operation, command }) => ({
    operation,
    command,
    outcome: {
      kind: 'failed',
      errno: 'ENOANSWER',
      message: 'It is not known whether this was done: the agent did not say.',
    },
  })),
});

export const abandonedHostPhase = ({ phase, results }: StoredHostPhase): StoredHostPhase => ({
  phase,
  state: 'waiting',
  results: results.map(({ operation, command }) => ({ operation, command, outcome: { kind: 'notRun' } })),
});

export function withHostPhase(rollout: StoredRollout, nodeId: string, value: StoredHostPhase): StoredRollout {
  const hosts = rollout.hosts.map((host) =>
    host.nodeId === nodeId
      ? { ...host, phases: host.phases.map((phase) => (phase.phase === value.phase ? value : phase)) }
      : host,
  );
  return { ...rollout, hosts };
}

export function hostPhase(rollout: StoredRollout, nodeId: string, phase: Phase): StoredHostPhase {
  const host = rollout.hosts.find((host) => host.nodeId === nodeId);
  const found = host?.phases.find((candidate) => candidate.phase === phase);
  if (!found) throw new Error(`Rollout ${rollout.id} has no phase ${phase} for ${nodeId}.`);
  return found;
}

/** One sentence about the first operation that failed, null when none did. */
export function failureOf(name: string, results: readonly (OperationResult | StoredResult)[]): string | null {
  for (const { command, outcome } of results)
    if (outcome.kind === 'failed') return `${name}: ${command}: ${withErrno(outcome)}`;
  return null;
}

/** Agents end their sentences with the errno themselves. */
const withErrno = ({ message, errno }: OperationFailure) =>
  message.endsWith(`(${errno})`) ? message : `${message} (${errno})`;

/** How many operations of a host's running phase are done; live only, never stored. */
export type PhaseProgress = ReadonlyMap<string, number>;

export function rolloutView(rollout: StoredRollout, progress: PhaseProgress): RolloutView {
  return {
    id: rollout.id,
    clusterId: rollout.clusterId,
    revision: rollout.revision,
    what: rolloutWhat(rollout),
    by: rollout.step?.byItself === true ? null : rollout.by,
    startedAt: rollout.startedAt.toISOString(),
    finishedAt: rollout.finishedAt?.toISOString() ?? null,
    state: rollout.state,
    phase: rollout.phase,
    failure: rollout.failure,
    hosts: rollout.hosts.map(({ nodeId, phases }) => ({
      nodeId,
      phases: phases.map((phase) => {
        const state = shownState(rollout, phase);
        const ended = phase.results.filter((result) => result.outcome.kind === 'done').length;
        const done = state === 'running' ? (progress.get(`${nodeId} ${phase.phase}`) ?? 0) : ended;
        return { phase: phase.phase, state, results: phase.results, done, of: phase.results.length };
      }),
    })),
  };
}

/** A host is known to run a phase by the rollout being in it: that is not worth a write per host. */
const shownState = (rollout: StoredRollout, phase: StoredHostPhase): StoredHostPhase['state'] =>
  rollout.state === 'running' && rollout.phase === phase.phase && phase.state === 'waiting'
    ? 'running'
    : phase.state;
