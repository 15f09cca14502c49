import { refusesAtWeightZero } from './hashing.ts';
import type { HostDestination, HostServiceWithDestinations, ServiceKey } from './host-state.ts';
import { endpointSortText, endpointText, serviceKeyText, serviceSortText } from './keys.ts';
import { match } from './matching.ts';
import type { PlacedOperation } from './plan-order.ts';
import { sameDestinationConfiguration, sameServiceConfiguration } from './same-configuration.ts';

/**
 * A service whose key stays is edited in place, so its counters and connections live on. Its destinations come and go
 * in the switch phase: a real server is prepared before its destination is live, and retired after it has left.
 */
export function planServices(
  desired: readonly HostServiceWithDestinations[],
  owned: readonly HostServiceWithDestinations[],
): PlacedOperation[] {
  const { added, removed, kept } = match(desired, owned, ({ key }) => serviceKeyText(key));
  return [
    ...added.flatMap(addService),
    ...kept.flatMap(({ from, to }) => editService(from, to)),
    ...removed.flatMap(deleteService),
  ];
}

/** New, so nobody is served by it yet: it comes whole. */
function addService({ destinations, ...service }: HostServiceWithDestinations): PlacedOperation[] {
  const text = serviceSortText(service.key);
  return [
    { place: { phase: 'prepare', stage: 'service', text }, operation: { kind: 'addService', service } },
    ...[...unique(destinations).values()].map(
      (destination): PlacedOperation => ({
        place: { phase: 'prepare', stage: 'destination', text: sortText(service.key, destination) },
        operation: { kind: 'addDestination', service: service.key, destination },
      }),
    ),
  ];
}

function deleteService({ destinations, ...service }: HostServiceWithDestinations): PlacedOperation[] {
  const text = serviceSortText(service.key);
  return [
    ...[...unique(destinations).values()].map(
      (destination): PlacedOperation => ({
        place: { phase: 'retire', stage: 'destination', text: sortText(service.key, destination) },
        operation: { kind: 'deleteDestination', service: service.key, destination },
      }),
    ),
    { place: { phase: 'retire', stage: 'service', text }, operation: { kind: 'deleteService', service } },
  ];
}

function editService(from: HostServiceWithDestinations, to: HostServiceWithDestinations): PlacedOperation[] {
  const { added, removed, kept } = match(to.destinations, from.destinations, destinationKey);
  return [
    ...(sameServiceConfiguration(to, from) ? [] : [editConfiguration(from, to)]),
    ...added.map(
      (destination): PlacedOperation => ({
        place: { phase: 'switch', stage: 'enliven', text: sortText(to.key, destination) },
        operation: { kind: 'addDestination', service: to.key, destination },
      }),
    ),
    ...kept
      .filter((pair) => !sameDestinationConfiguration(pair.to, pair.from))
      .map((pair) => editDestination(to.key, pair.from, pair.to)),
    ...removed.flatMap((destination) => takeOut(to, destination)),
  ];
}

/**
 * The kernel drops what comes for a connection whose destination was deleted, so the destination gets weight 0 first,
 * and whoever runs the plan lets its last connections end. Where weight 0 refuses clients it goes at once.
 */
function takeOut(service: HostServiceWithDestinations, destination: HostDestination): PlacedOperation[] {
  const { key } = service;
  const quiet = { ...destination, weight: 0 };
  const goesAtOnce =
    destination.weight === 0 || destination.method === 'local' || refusesAtWeightZero(service);
  const last = goesAtOnce ? destination : quiet;
  return [
    ...(goesAtOnce ? [] : [editDestination(key, destination, quiet)]),
    {
      place: { phase: 'switch', stage: 'leave', text: sortText(key, destination) },
      operation: { kind: 'deleteDestination', service: key, destination: last },
    },
  ];
}

function editConfiguration(
  { destinations: _before, ...from }: HostServiceWithDestinations,
  { destinations: _after, ...to }: HostServiceWithDestinations,
): PlacedOperation {
  const place = { phase: 'switch', stage: 'editService', text: serviceSortText(to.key) } as const;
  return { place, operation: { kind: 'editService', from, to } };
}

function editDestination(service: ServiceKey, from: HostDestination, to: HostDestination): PlacedOperation {
  const stage = from.weight === 0 && to.weight > 0 ? 'enliven' : to.weight === 0 ? 'quiesce' : 'edit';
  return {
    place: { phase: 'switch', stage, text: sortText(service, to) },
    operation: { kind: 'editDestination', service, from, to },
  };
}

const destinationKey = ({ address, port }: HostDestination) => endpointText(address, port);

const unique = (destinations: readonly HostDestination[]) =>
  new Map(destinations.map((destination) => [destinationKey(destination), destination]));

const sortText = (service: ServiceKey, destination: HostDestination) =>
  `${serviceSortText(service)} ${endpointSortText(destination)}`;
