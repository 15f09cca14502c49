import { fallbackFlag } from './hashing.ts';
import type { Scheduler } from './ipvs.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';
import type { VirtualService } from './topology.ts';

/** Schedulers that look at weights only to leave out 0, with the one that weighs the same choice (ip_vs_rr.c, _lc.c, _dh.c). */
const weightedInstead: Partial<Record<Scheduler, string>> = { rr: 'wrr', lc: 'wlc', dh: 'mh' };

/** Scheduler, its flags and the weights it is given. */
export function problemsOfScheduling(service: VirtualService, name: string): TopologyProblem[] {
  const { id, scheduler, schedulerFlags, destinations } = service;
  const weights = new Set(destinations.map(({ weight }) => weight).filter((weight) => weight > 0));
  const weighted = weightedInstead[scheduler];
  const fallback = fallbackFlag(scheduler);
  const meetsZero = destinations.some(({ weight }) => weight === 0);
  return [
    ...schedulerFlags
      .filter((flag) => !flag.startsWith(`${scheduler}-`))
      .map((flag) =>
        topologyProblem('schedulerFlagMismatch', ['services', id, 'schedulerFlags'], {
          service: name,
          flag,
          scheduler,
        }),
      ),
    ...(weighted !== undefined && weights.size > 1
      ? [
          topologyProblem('weightsIgnored', ['services', id, 'scheduler'], {
            service: name,
            scheduler,
            weighted,
          }),
        ]
      : []),
    ...(fallback !== undefined && meetsZero && !schedulerFlags.includes(fallback)
      ? [
          topologyProblem('hashingMeetsWeightZero', ['services', id, 'schedulerFlags'], {
            service: name,
            scheduler,
            flag: fallback,
          }),
        ]
      : []),
  ];
}
