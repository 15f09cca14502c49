// What on a host is ours, and what desired state looks like beside what is not.
import type { HostServiceWithDestinations, HostState } from './host-state.ts';
import type { Ledger } from './ledger.ts';
import { objectKey } from './object-key.ts';
import { ourProtocol } from './our-numbers.ts';
import { sysctlReason } from './sysctls.ts';

/** A host's objects in two parts that never overlap. */
export interface Ownership {
  readonly owned: HostState;
  readonly unmanaged: HostState;
}

/**
 * Splits what a host has by the ledger (routes and rules also by their protocol, so that a lost ledger does not orphan
 * them). A destination in our service that is not ours is under `unmanaged` as its service with just such destinations.
 * `owned.sysctls` holds every sysctl that was read, ours or not: they are never deleted, and the plan needs their values.
 */
export function ownedBy(observed: HostState, ledger: Ledger): Ownership {
  const isOurs = (key: string) => Object.hasOwn(ledger.objects, key);
  const addresses = split(observed.addresses, (address) => isOurs(objectKey({ kind: 'address', address })));
  const routes = split(
    observed.routes,
    (route) => route.protocol === ourProtocol || isOurs(objectKey({ kind: 'route', route })),
  );
  const rules = split(
    observed.rules,
    (rule) => rule.protocol === ourProtocol || isOurs(objectKey({ kind: 'rule', rule })),
  );
  const marks = split(observed.marks, (mark) => isOurs(objectKey({ kind: 'mark', mark })));
  const services = splitServices(observed.services, isOurs);
  const part = (side: 0 | 1): Omit<HostState, 'sysctls'> => ({
    services: services[side],
    addresses: addresses[side],
    routes: routes[side],
    rules: rules[side],
    marks: marks[side],
  });
  return {
    owned: { ...part(0), sysctls: observed.sysctls },
    unmanaged: { ...part(1), sysctls: [] },
  };
}

function split<T>(items: readonly T[], isOurs: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isOurs), items.filter((item) => !isOurs(item))];
}

function splitServices(
  services: readonly HostServiceWithDestinations[],
  isOurs: (key: string) => boolean,
): [HostServiceWithDestinations[], HostServiceWithDestinations[]] {
  const [owned, foreign] = split(services, ({ key }) => isOurs(objectKey({ kind: 'service', key })));
  const parts = owned.map((service) => {
    const [ours, theirs] = split(service.destinations, (destination) =>
      isOurs(objectKey({ kind: 'destination', service: service.key, destination })),
    );
    return { ours: { ...service, destinations: ours }, theirs: { ...service, destinations: theirs } };
  });
  const intruded = parts.map(({ theirs }) => theirs).filter(({ destinations }) => destinations.length > 0);
  return [parts.map(({ ours }) => ours), [...foreign, ...intruded]];
}

/**
 * The desired state without addresses that the host has already and that are not ours, on the same interface: they are
 * satisfied, so nothing is added now and nothing is removed later.
 */
export function withoutSatisfied(desired: HostState, unmanaged: HostState): HostState {
  const there = new Set(unmanaged.addresses.map((a) => `${a.cidr.address.text} ${a.interface}`));
  const addresses = desired.addresses.filter((a) => !there.has(`${a.cidr.address.text} ${a.interface}`));
  return { ...desired, addresses };
}

/**
 * The desired state with the original of each sysctl that we changed and that has no reason any more, so that restoring
 * is an ordinary edit. The ledger must be settled: an entry in it is then still ours.
 */
export function withRestores(desired: HostState, ledger: Ledger): HostState {
  const wanted = new Set(desired.sysctls.map(({ name }) => name));
  const reasons = new Set(desired.sysctls.map(({ name }) => sysctlReason(name)));
  const restores = ledger.sysctls
    .filter((entry) => !wanted.has(entry.name) && !entry.reasons.some((reason) => reasons.has(reason)))
    .map(({ name, original }) => ({ name, value: original }));
  return { ...desired, sysctls: [...desired.sysctls, ...restores] };
}
