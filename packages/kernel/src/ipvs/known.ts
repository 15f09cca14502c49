import { endpointText, type Operation, type ServiceKey, serviceKeyText } from '@signalbox/cluster';

interface KnownService {
  readonly key: ServiceKey;
  readonly destinations: Set<string>;
}

/** A service that was read, with its destinations by `endpointText`. */
export interface SeenService {
  readonly key: ServiceKey;
  readonly destinations: ReadonlyMap<string, unknown>;
}

/**
 * What was there when we last looked, with what we have done since. A dump of IPVS can miss what is there while another
 * program changes the table, and the kernel does not say so: what is known and not in a dump is asked for by itself.
 */
export class Known {
  #services = new Map<string, KnownService>();
  #noted: Operation[] = [];

  /** Remembers what an operation did. Worked out at the next look: writing is the hotter path. */
  note(operation: Operation): void {
    this.#noted.push(operation);
  }

  /** Keys of services that are known and not among these. */
  servicesBeside(seen: ReadonlyMap<string, unknown>): ServiceKey[] {
    this.#catchUp();
    return [...this.#services].filter(([text]) => !seen.has(text)).map(([, { key }]) => key);
  }

  /** Whether every destination that is known of the service is among these. */
  isComplete(service: string, seen: ReadonlyMap<string, unknown>): boolean {
    this.#catchUp();
    for (const text of this.#services.get(service)?.destinations ?? []) if (!seen.has(text)) return false;
    return true;
  }

  /** Remembers these, by `serviceKeyText`, and nothing else. */
  replace(seen: ReadonlyMap<string, SeenService>): void {
    this.#catchUp();
    const before = this.#services;
    this.#services = new Map();
    for (const [text, { key, destinations }] of seen) {
      const known = before.get(text);
      const same = known?.destinations.size === destinations.size && this.#has(known, destinations);
      this.#services.set(text, same ? known : { key, destinations: new Set(destinations.keys()) });
    }
  }

  #has({ destinations }: KnownService, seen: ReadonlyMap<string, unknown>): boolean {
    for (const text of destinations) if (!seen.has(text)) return false;
    return true;
  }

  #catchUp(): void {
    const noted = this.#noted;
    this.#noted = [];
    for (const operation of noted) this.#apply(operation);
  }

  #apply(operation: Operation): void {
    const { kind } = operation;
    if (kind === 'addService') {
      const { key } = operation.service;
      this.#services.set(serviceKeyText(key), { key, destinations: new Set() });
    } else if (kind === 'deleteService') {
      this.#services.delete(serviceKeyText(operation.service.key));
    } else if (kind === 'addDestination' || kind === 'deleteDestination') {
      const { address, port } = operation.destination;
      const known = this.#services.get(serviceKeyText(operation.service))?.destinations;
      if (kind === 'addDestination') known?.add(endpointText(address, port));
      else known?.delete(endpointText(address, port));
    }
  }
}
