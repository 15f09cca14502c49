// What the kernel tells nobody of when it changes, at the cost of a few small files: which services and destinations
// there are, and sysctls.
import { type Activity, readActivity } from '../ipvs/activity.ts';
import { readSysctls } from './sysctl.ts';

/** Equal for two glances between which no service, no destination and none of the asked sysctls came, went or moved. */
export function glance(sysctls: readonly string[]): string {
  return JSON.stringify([tableOf(activityNow()), readSysctls(sysctls)]);
}

/** Without weights and connections. */
const tableOf = (activity: Activity): string[] =>
  [...activity].map(([name, block]) => [name, ...destinationsIn(block)].join(' ')).toSorted();

const destinationsIn = (block: string): string[] =>
  [...block.matchAll(/^ {2}-> (\S+)/gm)].map(([, name = '']) => name).toSorted();

function activityNow(): Activity {
  try {
    return readActivity();
  } catch {
    // A kernel without IPVS has no services.
    return new Map();
  }
}
