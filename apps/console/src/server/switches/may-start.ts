// May a switch begin now, and is it a new one? Pure.
import { diffTopology } from '@signalbox/cluster';
import type { StoredCluster, StoredSwitch } from '@signalbox/db';
import type { SwitchCommand } from '../../api/switch-contract.ts';
import type { ClusterSwitch } from '../console.ts';
import { ConsoleRefusal } from '../refusal.ts';
import type { Findings } from './preflight.ts';
import type { SwitchRecord } from './switch-record.ts';

const flippable: ReadonlySet<StoredSwitch['state']> = new Set(['confirming', 'draining', 'warm']);

/** The lever thrown while old connections finish or both ways are kept: the same switch walks on or back. */
export function throwAgain(
  live: StoredSwitch | null,
  { services, to }: ClusterSwitch,
): { switchId: string; command: SwitchCommand } | null {
  if (live === null || !flippable.has(live.state)) return null;
  const moving = live.services.map(({ serviceId }) => serviceId);
  if (!moving.every((id) => services.includes(id))) return null;
  const forward = to === live.to;
  if (forward === (live.step === 'flipped')) return null;
  return { switchId: live.id, command: forward ? 'goOn' : 'goBack' };
}

export function refuseUnsettled(cluster: StoredCluster): void {
  if (cluster.rolloutId !== null || cluster.switchId !== null) throw busy();
  if (cluster.applied === null)
    throw new ConsoleRefusal('notNow', 'Nothing is applied yet, so there is nothing to switch. Apply first.');
  if (diffTopology(cluster.applied.topology, cluster.topology).length > 0)
    throw new ConsoleRefusal(
      'notNow',
      'There are changes that are not applied. Apply or discard them first.',
    );
}

/**
 * A switch that ends before directors have forgotten connections that were cut would let them take whoever comes again from
 * the same port for one of those.
 */
export function refuseUnforgotten({ forgottenAt }: Pick<SwitchRecord, 'forgottenAt'>, now: Date): void {
  if (forgottenAt === null) return;
  const seconds = Math.max(1, Math.ceil((Date.parse(forgottenAt) - now.getTime()) / 1000));
  throw new ConsoleRefusal(
    'notNow',
    `Connections were cut, and the director has not forgotten them yet. Throw the lever in ${seconds} s.`,
  );
}

export function refuseErrors({ problems, services }: Findings): void {
  const errors = [...problems, ...services.flatMap((service) => service.problems)].filter(
    ({ severity }) => severity === 'error',
  );
  if (errors.length > 0)
    throw new ConsoleRefusal('invalid', errors.map(({ message }) => message).join(' '), errors);
}

export const busy = () =>
  new ConsoleRefusal(
    'notNow',
    'A rollout or a switch is under way on this cluster. Wait until it has ended.',
  );
