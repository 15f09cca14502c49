// May this rollout begin? What was reviewed must still be so, on every host that has something to do.
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

/** The hosts that take part in a step of a switch, or the first thing that keeps it from beginning. */
export function hostsToStep(
  { nodes }: Desires,
  hosts: readonly HostReview[],
): { hosts: ReadyHost[] } | { refused: string; problems: Review['problems'] } {
  for (const host of hosts) {
    const name = nodes.find(({ id }) => id === host.nodeId)?.name ?? host.nodeId;
    if (host.kind === 'unreachable' && host.blocking)
      return { refused: `${name} has changes to take and cannot be asked: ${host.message}`, problems: [] };
    const problems =
      host.kind === 'ready' ? host.problems.filter(({ severity }) => severity === 'error') : [];
    if (problems[0]) return { refused: `${name}: ${problems[0].message}`, problems };
  }
  return { hosts: hosts.filter((host) => host.kind === 'ready') };
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
