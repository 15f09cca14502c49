// Whether a switch waits for nothing but a probe's own long connections. Pure.
import type { SwitchView } from '../../api/switch-contract.ts';

export interface LongLivedProbe {
  readonly serviceId: string;
  /** Long connections that are alive. */
  readonly open: number;
  /** When it began, by the console's clock: connections made before the flip go the old way. */
  readonly beganMs: number;
}

export function waitsForProbeOnly(
  {
    state,
    step,
    services,
    flippedAt,
    drain,
  }: Pick<SwitchView, 'state' | 'step' | 'services' | 'flippedAt' | 'drain'>,
  { serviceId, open, beganMs }: LongLivedProbe,
): boolean {
  if (state !== 'draining' || step !== 'flipped' || flippedAt === null) return false;
  const left = drain?.left ?? null;
  return (
    left !== null &&
    left > 0 &&
    left <= open &&
    beganMs < Date.parse(flippedAt) &&
    services.some((service) => service.serviceId === serviceId)
  );
}
