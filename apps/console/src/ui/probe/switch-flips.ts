// When a switch changed the way of new connections, as its record still says. Pure.
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchView } from '../../api/switch-contract.ts';
import type { Flip } from './ways.ts';

type Switched = Pick<SwitchView, 'services' | 'to' | 'flippedAt' | 'stages' | 'step'>;

/** By the console's clock: there, and back where that was undone. Thrown to and fro, the last time counts. */
export function flipsOfSwitch(view: Switched, serviceId: string): Flip[] {
  const { services, to, flippedAt, stages, step } = view;
  const from = cameFrom({ services });
  if (flippedAt === null || !services.some((service) => service.serviceId === serviceId)) return [];
  const there: Flip = { from, method: to, atMs: Date.parse(flippedAt) };
  const flip = stages.find(({ name }) => name === 'flip');
  if (step === 'flipped' || step === 'done') return [there];
  // On the way back, or there: when it was read back is known once it was.
  if (flip?.state !== 'undone' || flip.startedAt === null || from === null) return [];
  const back = Date.parse(flip.startedAt) + (flip.milliseconds ?? 0);
  return back > there.atMs ? [there, { from: to, method: from, atMs: back }] : [];
}
