// What the lever shows, and why it cannot be thrown. Pure.
import type { ForwardingMethod, VirtualService } from '@signalbox/cluster';

/** The two positions, in the order they stand in. */
export const positions = ['masq', 'gate'] as const;
export type Position = (typeof positions)[number];

export type LeverReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'all'; readonly method: ForwardingMethod; readonly count: number }
  /** `count` of them go by `method`, which most do; the rest do not. */
  | {
      readonly kind: 'mixed';
      readonly method: ForwardingMethod;
      readonly count: number;
      readonly of: number;
    };

export function leverReading(services: readonly Pick<VirtualService, 'method'>[]): LeverReading {
  const counts = new Map<ForwardingMethod, number>();
  for (const { method } of services) counts.set(method, (counts.get(method) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (!most) return { kind: 'none' };
  const [method, count] = most;
  return counts.size === 1
    ? { kind: 'all', method, count }
    : { kind: 'mixed', method, count, of: services.length };
}

export interface LeverSituation {
  readonly applied: boolean;
  /** Changes that are drawn and not applied, saved or not. */
  readonly changes: number;
  readonly mayEdit: boolean;
  readonly rolloutId: string | null;
  readonly switchId: string | null;
}

/** Why a click would not start a switch now; null: it would. A switch under way is shown instead of a second one. */
export type LeverBlock = 'switching' | 'viewer' | 'neverApplied' | 'changes' | 'rollout';

export function leverBlock({
  applied,
  changes,
  mayEdit,
  rolloutId,
  switchId,
}: LeverSituation): LeverBlock | null {
  if (switchId !== null) return 'switching';
  if (!mayEdit) return 'viewer';
  if (!applied) return 'neverApplied';
  if (changes > 0) return 'changes';
  return rolloutId === null ? null : 'rollout';
}
