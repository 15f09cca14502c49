// What a review adds up to: whether it can be applied, and how much that is. Pure.
import type { HostReview, Review } from '../../api/contract.ts';
import { hasErrors } from '../editor/problems-at.ts';

export interface Readiness {
  /** Errors in the drawing: no host was asked. */
  readonly broken: boolean;
  /** Something has to be solved first, here or on a host. */
  readonly blocked: boolean;
  /** By node id, as an apply echoes them. */
  readonly digests: Readonly<Record<string, string>>;
  readonly operations: number;
  /** Hosts with something to do. */
  readonly hosts: number;
  readonly byHand: number;
}

export function readiness(review: Review | null): Readiness {
  const hosts = review?.hosts ?? [];
  const ready = hosts.filter((host) => host.kind === 'ready');
  const hand = hosts.filter((host) => host.kind === 'noAgent');
  const broken = hasErrors(review?.problems ?? []);
  return {
    broken,
    blocked:
      broken ||
      hosts.some((host) => host.kind === 'unreachable' && host.blocking) ||
      ready.some(({ problems }) => hasErrors(problems)),
    digests: Object.fromEntries(ready.map(({ nodeId, digest }) => [nodeId, digest])),
    operations: ready.reduce((sum, { operations }) => sum + operations.length, 0),
    hosts: ready.filter(({ operations }) => operations.length > 0).length,
    byHand: hand.reduce((sum, { operations }) => sum + operations.length, 0),
  };
}

/**
 * What the main button of a review offers. An apply also while a host that is blocked keeps it from being known how much
 * that is. Null: nothing is to be done, or the drawing itself has errors.
 */
export function offered(
  { broken, blocked, operations, byHand }: Readiness,
  isSettled: boolean,
): 'apply' | 'record' | null {
  if (broken) return null;
  if (operations > 0 || (blocked && !isSettled)) return 'apply';
  return blocked || (isSettled && byHand === 0) ? null : 'record';
}

/** Whether there is nothing to say of a host but that it is as it should be. */
export const isIdle = (host: HostReview): boolean =>
  host.kind !== 'unreachable' &&
  host.operations.length === 0 &&
  (host.kind === 'noAgent' || host.problems.length === 0);
