import {
  type Endpoint,
  endpointText,
  type Operation,
  type ServiceKey,
  serviceKeyText,
} from '@signalbox/cluster';

interface KnownService {
  readonly key: ServiceKey;
  readonly destinations: Set<string>;
}

/**
 * What was there when we last looked, with what we have done since. A dump of IPVS can miss what is there while another
 * program changes the table, and the kernel does not say so: what is known and not in a dump is asked for by itself.
 */
export class Known {
  #services = new Map<string, KnownService>();

  /** Keys of services that are known and not among these. */
  servicesBeside(seen: ReadonlySet<string>): ServiceKey[] {
    return [...this.#services].filter(([text]) => !seen.has(text)).map(([, { key }]) => key);
  }

  /** Whether every destination that is known of the service is among these. */
  isComplete(service: ServiceKey, seen: readonly Endpoint[]): boolean {
    const texts = endpointTexts(seen);
    return [...(this.#destinations(service) ?? [])].every((text) => texts.has(text));
  }

  /** Remembers these and nothing else. */
  replace(seen: readonly { readonly key: ServiceKey; readonly destinations: readonly Endpoint[] }[]): void {
    this.#services = new Map(
      seen.map(({ key, destinations }) => [
        serviceKeyText(key),
        { key, destinations: endpointTexts(destinations) },
      ]),
    );
  }

  /** Remembers what an operation did. */
  note(operation: Operation): void {
    const { kind } = operation;
    if (kind === 'addService') {
      const { key } = operation.service;
      this.#services.set(serviceKeyText(key), { key, destinations: new Set() });
    } else if (kind === 'deleteService') {
      this.#services.delete(serviceKeyText(operation.service.key));
    } else if (kind === 'addDestination') {
      this.#destinations(operation.service)?.add(textOf(operation.destination));
    } else if (kind === 'deleteDestination') {
      this.#destinations(operation.service)?.delete(textOf(operation.destination));
    }
  }

  #destinations(service: ServiceKey): Set<string> | undefined {
    return this.#services.get(serviceKeyText(service))?.destinations;
  }
}

const textOf = ({ address, port }: Endpoint) => endpointText(address, port);
const endpointTexts = (endpoints: readonly Endpoint[]) => new Set(endpoints.map(textOf));
