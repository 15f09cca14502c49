// May this rollout begin? What was reviewed must still be so, on every host that has something to do.
import type { HostReview, Review } from '../../api/contract.ts';
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
