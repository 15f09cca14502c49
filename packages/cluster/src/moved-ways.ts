import { goesBy, type SwitchOrder } from './switch-steps.ts';
import type { TopologyIndex } from './topology-index.ts';
import { type Way, waysBy, waysOf } from './ways.ts';

/** Every way by the order's method that services do not go yet: what a switch has to make work. */
export function movedWays(index: TopologyIndex, { services, to }: SwitchOrder): Way[] {
  const moving = index.topology.services.filter((one) => services.includes(one.id) && !goesBy(one, to));
  const ids = new Set(moving.map(({ id }) => id));
  const prepared = moving.map(({ id }) => ({ serviceId: id, method: to }));
  return waysBy(to, waysOf(index, prepared)).filter(({ service }) => ids.has(service.id));
}
