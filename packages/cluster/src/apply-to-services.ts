// The IPVS half of the host model. Errnos and the order of checks: ip_vs_ctl.c ip_vs_genl_set_cmd and what it calls.
import { isUnicast } from './address-kind.ts';
import { type Applied, failed, ok } from './applied.ts';
import type { HostDestination, HostService, HostServiceWithDestinations, ServiceKey } from './host-state.ts';
import { endpointText, sameServiceKey, serviceFamily } from './keys.ts';
import type { Operation } from './operation.ts';

type Services = readonly HostServiceWithDestinations[];
type OperationOf<K extends Operation['kind']> = Extract<Operation, { kind: K }>;
type ServiceOperation = OperationOf<'addService' | 'editService' | 'deleteService'>;
type DestinationOperation = OperationOf<'addDestination' | 'editDestination' | 'deleteDestination'>;

/** The services after one operation on them or on a destination. */
export function applyToServices(
  services: Services,
  operation: ServiceOperation | DestinationOperation,
): Applied<HostServiceWithDestinations[]> {
  const key = keyOf(operation);
  const service = services.find((other) => sameServiceKey(other.key, key));

  if (operation.kind === 'addService') {
    if (service !== undefined) return failed('EEXIST');
    const errno = refusedService(operation.service);
    return errno === null ? ok([...services, { ...operation.service, destinations: [] }]) : failed(errno);
  }
  if (service === undefined) return failed('ESRCH');
  const replaced = applyToService(service, operation);
  if (replaced.kind === 'failed') return replaced;
  return ok(services.flatMap((other) => (other === service ? replaced.state : [other])));
}

/** The service afterwards, alone in a list; an empty list when it is gone. */
function applyToService(
  service: HostServiceWithDestinations,
  operation: Exclude<ServiceOperation, { kind: 'addService' }> | DestinationOperation,
): Applied<HostServiceWithDestinations[]> {
  switch (operation.kind) {
    case 'editService': {
      const errno = refusedService(operation.to);
      return errno === null ? ok([{ ...operation.to, destinations: service.destinations }]) : failed(errno);
    }
    // The kernel lets the destinations go with their service.
    case 'deleteService':
      return ok([]);
    case 'addDestination':
    case 'editDestination':
    case 'deleteDestination': {
      const destinations = applyToDestinations(service, operation);
      return destinations.kind === 'failed'
        ? destinations
        : ok([{ ...service, destinations: destinations.state }]);
    }
  }
}

function applyToDestinations(
  { key, destinations }: HostServiceWithDestinations,
  operation: DestinationOperation,
): Applied<HostDestination[]> {
  const destination = operation.kind === 'editDestination' ? operation.to : operation.destination;
  const at = endpointText(destination.address, destination.port);
  const is = (other: HostDestination) => endpointText(other.address, other.port) === at;

  if (operation.kind === 'deleteDestination') {
    return destinations.some(is) ? ok(destinations.filter((other) => !is(other))) : failed('ENOENT');
  }
  const errno = refusedDestination(destination, serviceFamily(key));
  if (errno !== null) return failed(errno);
  if (operation.kind === 'editDestination') {
    if (!destinations.some(is)) return failed('ENOENT');
    return ok(destinations.map((other) => (is(other) ? destination : other)));
  }
  if (destinations.some(is)) return failed('EEXIST');
  return isUnicast(destination.address) ? ok([...destinations, destination]) : failed('EINVAL');
}

function keyOf(operation: ServiceOperation | DestinationOperation): ServiceKey {
  switch (operation.kind) {
    case 'addService':
    case 'deleteService':
      return operation.service.key;
    case 'editService':
      return operation.to.key;
    case 'addDestination':
    case 'editDestination':
    case 'deleteDestination':
      return operation.service;
  }
}

/** What Linux 6.1 ships; a name beside these finds no module. `twos` came with 6.2. */
const schedulers = new Set('rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh'.split(' '));

function refusedService({ key, scheduler, persistence }: HostService): string | null {
  if (!schedulers.has(scheduler)) return 'ENOENT';
  if (persistence === null) return null;
  if (persistence.engine !== null && persistence.engine !== 'sip') return 'ENOENT';
  const prefix = Number(persistence.netmask);
  const badPrefix = serviceFamily(key) === 'ipv6' && !(prefix >= 1 && prefix <= 128);
  return badPrefix ? 'EINVAL' : null;
}

function refusedDestination(
  { address, method, weight, lowerThreshold, upperThreshold, tunnel }: HostDestination,
  family: string,
): string | null {
  if (address.family !== family && method !== 'ipip') return 'EINVAL';
  if (weight < 0 || lowerThreshold > upperThreshold) return 'ERANGE';
  if (method === 'ipip' && tunnel?.type === 'gue' && tunnel.port === 0) return 'EINVAL';
  return null;
}
