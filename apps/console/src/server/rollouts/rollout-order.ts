// May this rollout begin? What was reviewed must still be so, on every host that has something to do.
import { isDeepStrictEqual } from 'node:util';
import { hasAnything } from '@signalbox/cluster';
import type { HostReview, Review } from '../../api/contract.ts';
import type { Desires } from '../clusters/review.ts';
import type { RolloutOrder } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';

export type ReadyHost = Extract<HostReview, { kind: 'ready' }>;

const again = 'Review again before applying.';

/**
 * The hosts that take part.
 * @throws ConsoleRefusal: problems, a host that must take part and does not answer, or a digest that is not the one shown.
 */
export function hostsToRoll(order: RolloutOrder, review: Review): ReadyHost[] {
  if (order.revision !== review.revision)
    throw new ConsoleRefusal('conflict', `The cluster was saved again since this review. ${again}`);
  refuseErrors('The topology has problems that would stop it from working.', review.problems);
  for (const host of review.hosts) refuseHost(host, order);
  return review.hosts.filter((host) => host.kind === 'ready');
}

/** The first thing that keeps a step of a switch from beginning, or null. */
export function obstacleTo(
  { nodes }: Desires,
  hosts: readonly HostReview[],
): { failure: string; problems: Review['problems'] } | null {
  for (const host of hosts) {
    const name = nodes.find(({ id }) => id === host.nodeId)?.name ?? host.nodeId;
    if (host.kind === 'unreachable' && host.blocking)
      return { failure: `${name} has changes to take and cannot be asked: ${host.message}`, problems: [] };
    const problems =
      host.kind === 'ready' ? host.problems.filter(({ severity }) => severity === 'error') : [];
    if (problems[0]) return { failure: `${name}: ${problems[0].message}`, problems };
  }
  return null;
}

/** Whether a step of a switch can ask anything of a host: clients, databases and others stand beside it. */
export const takesPart = (
  { desired, before }: Pick<Desires, 'desired' | 'before'>,
  nodeId: string,
): boolean => hasAnything(desired(nodeId)) || hasAnything(before(nodeId));

/**
 * The hosts that take part in a step of a switch: where something is to be done, or where it is told what it should
 * have, or whether to keep it, otherwise than in the step before. The others have accepted all that already.
 * @param keepChanges whether hosts begin or end to keep what they have
 */
export function hostsToStep(
  { desired, before }: Desires,
  hosts: readonly HostReview[],
  keepChanges: boolean,
): ReadyHost[] {
  return hosts
    .filter((host) => host.kind === 'ready')
    .filter(({ nodeId, operations }) => {
      const isAsked = keepChanges
        ? takesPart({ desired, before }, nodeId)
        : !isDeepStrictEqual(desired(nodeId), before(nodeId));
      return operations.length > 0 || isAsked;
    });
}

function refuseHost(host: HostReview, { digests }: RolloutOrder): void {
  switch (host.kind) {
    case 'noAgent':
      return;
    case 'unreachable':
      if (host.blocking)
        throw new ConsoleRefusal(
          'notNow',
          `${host.nodeId} has changes to take and cannot be asked: ${host.message}`,
        );
      return;
    case 'ready':
      refuseErrors(`${host.nodeId} cannot take this.`, host.problems);
      if (digests[host.nodeId] !== host.digest)
        throw new ConsoleRefusal(
          'conflict',
          `${host.nodeId} is not as it was when it was reviewed. ${again}`,
        );
  }
}

function refuseErrors(sentence: string, problems: Review['problems']): void {
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0)
    throw new ConsoleRefusal(
      'invalid',
      `${sentence} ${errors.map((error) => error.message).join(' ')}`,
      errors,
    );
}
