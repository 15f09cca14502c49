import type { HostServiceWithDestinations } from './host-state.ts';
import { destinationArguments, serviceArguments } from './ipvsadm-arguments.ts';
import { compareEndpoints, compareServiceKeys } from './keys.ts';

/**
 * The table as `ipvsadm -S -n` saves it, sorted, one command per line, thresholds added (`ipvsadm -S` loses them,
 * `ipvsadm -R` reads them). Empty when there are no services.
 */
export function ipvsadmText(services: readonly HostServiceWithDestinations[]): string {
  const lines = services
    .toSorted((a, b) => compareServiceKeys(a.key, b.key))
    .flatMap((service) => [
      ['-A', ...serviceArguments(service)],
      ...service.destinations
        .toSorted(compareEndpoints)
        .map((destination) => ['-a', ...destinationArguments(service.key, destination)]),
    ]);
  return lines.map((words) => `${words.join(' ')}\n`).join('');
}
