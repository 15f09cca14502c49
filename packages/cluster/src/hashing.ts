// Schedulers that hash the client to a destination go on choosing one that has weight 0, and then refuse the client.
import type { SchedulerFlag } from './ipvs.ts';

const fallbackFlags: ReadonlyMap<string, SchedulerFlag> = new Map([
  ['sh', 'sh-fallback'],
  ['mh', 'mh-fallback'],
]);

/** The flag that lets a hashing scheduler choose another destination; dh has none (ip_vs_sh.c, ip_vs_mh.c, ip_vs_dh.c). */
export const fallbackFlag = (scheduler: string): SchedulerFlag | undefined => fallbackFlags.get(scheduler);

/** Whether clients are refused where a destination has weight 0, instead of being sent to another. */
export function refusesAtWeightZero({
  scheduler,
  schedulerFlags,
}: {
  readonly scheduler: string;
  readonly schedulerFlags: readonly string[];
}): boolean {
  const flag = fallbackFlag(scheduler);
  return scheduler === 'dh' || (flag !== undefined && !schedulerFlags.includes(flag));
}
