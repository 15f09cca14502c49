// Why a host cannot take what is desired, seen from what it has already.
import type { HostObject } from './object-key.ts';
import { hostObjects, objectKey } from './object-key.ts';
import type { HostState } from './host-state.ts';
import { serviceKeyText, endpointText } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { ownedBy, withoutSatisfied } from './ownership.ts';
import type { Problem } from './problem.ts';
import { problemMaker, type ProblemRule } from './problem-rules.ts';

export const hostRules = {
  foreignObjectInTheWay: {
    severity: 'error',
    message:
      'This host already has the {object}, and Signalbox did not make it. Remove it there, or take it out of the topology.',
  },
  addressOnOtherInterface: {
    severity: 'error',
    message:
      '{address} is already on {there} of this host, and not by Signalbox: it cannot be put up on {wanted}. Remove it from {there} first.',
  },
  tableInUse: {
    severity: 'error',
    message:
      'Routing table {table} of this host is used by something else: {object}. Signalbox needs it for replies; move the other use to another table.',
  },
  priorityInUse: {
    severity: 'error',
    message:
      'Something else on this host has a routing rule of priority {priority}: {object}. Signalbox needs this priority; give the other rule another one.',
  },
  foreignDestination: {
    severity: 'warning',
    message:
      '{destination} in {service} was not put there by Signalbox and gets its share of the connections. Remove it there if that is not meant.',
  },
  foreignDestinationWouldGo: {
    severity: 'error',
    message:
      'Removing {service} would remove {destination} with it, which Signalbox did not put there. Remove that destination first.',
  },
  sysctlMissing: {
    severity: 'error',
    message: '{name} does not exist on this host. Check the name of the interface in the topology.',
  },
} as const satisfies Record<string, ProblemRule>;

export type HostProblemCode = keyof typeof hostRules;
const problem = problemMaker(hostRules);

/** A problem of a host. Its path leads into the host's state: ['services', 'tcp 10.0.0.1:80']. */
export type HostProblem = Problem & { readonly code: HostProblemCode };

/** What the host has that is not ours and that stands where desired state would go. */
export function foreignInTheWay(desired: HostState, observed: HostState, ledger: Ledger): HostProblem[] {
  const { owned, unmanaged } = ownedBy(observed, ledger);
  const wanted = withoutSatisfied(desired, unmanaged);
  return [
    ...sameObjects(wanted, owned, unmanaged),
    ...addressesElsewhere(wanted, unmanaged),
    ...numbersInUse(wanted, unmanaged),
    ...foreignDestinations(wanted, owned, unmanaged),
  ];
}

/** What desired state wants to write and the host does not have, usually because an interface has another name. */
export function missingSysctls(desired: HostState, observed: HostState): HostProblem[] {
  const there = new Set(observed.sysctls.map(({ name }) => name));
  return desired.sysctls
    .filter(({ name }) => !there.has(name))
    .map(({ name }) => problem('sysctlMissing', ['sysctls', name], { name }));
}

function sameObjects(wanted: HostState, owned: HostState, unmanaged: HostState): HostProblem[] {
  const ours = new Set(hostObjects(owned).map(objectKey));
  const theirs = new Set(hostObjects(unmanaged).map(objectKey));
  return hostObjects(wanted)
    .map((object) => ({ object, key: objectKey(object) }))
    .filter(({ key }) => theirs.has(key) && !ours.has(key))
    .map(({ object, key }) =>
      problem('foreignObjectInTheWay', [sectionOf[object.kind], key], { object: key }),
    );
}

const sectionOf: Readonly<Record<HostObject['kind'], keyof HostState>> = {
  service: 'services',
  destination: 'services',
  address: 'addresses',
  route: 'routes',
  rule: 'rules',
  mark: 'marks',
};

function addressesElsewhere(wanted: HostState, unmanaged: HostState): HostProblem[] {
  const there = new Map(unmanaged.addresses.map((a) => [a.cidr.address.text, a.interface]));
  return wanted.addresses.flatMap((address) => {
    const text = address.cidr.address.text;
    const other = there.get(text);
    if (other === undefined) return [];
    const values = { address: text, there: other, wanted: address.interface };
    return [problem('addressOnOtherInterface', ['addresses', text], values)];
  });
}

const sharedTables: ReadonlySet<number> = new Set([253, 254, 255]);

function numbersInUse(wanted: HostState, unmanaged: HostState): HostProblem[] {
  const tables = new Set([...wanted.routes, ...wanted.rules].map(({ table }) => table));
  const priorities = new Set(wanted.rules.map(({ priority }) => priority));
  const routes = unmanaged.routes.map((route) => ({
    table: route.table,
    key: objectKey({ kind: 'route', route }),
  }));
  const lookups = unmanaged.rules.map((rule) => ({ ...rule, key: objectKey({ kind: 'rule', rule }) }));
  const inTables = [...routes, ...lookups].filter(
    ({ table }) => tables.has(table) && !sharedTables.has(table),
  );
  return [
    ...inTables.map(({ table, key }) =>
      problem('tableInUse', ['routes', key], { table: String(table), object: key }),
    ),
    ...lookups
      .filter(({ priority }) => priorities.has(priority))
      .map(({ priority, key }) =>
        problem('priorityInUse', ['rules', key], { priority: String(priority), object: key }),
      ),
  ];
}

function foreignDestinations(wanted: HostState, owned: HostState, unmanaged: HostState): HostProblem[] {
  const kept = new Set(wanted.services.map(({ key }) => serviceKeyText(key)));
  const ours = new Set(owned.services.map(({ key }) => serviceKeyText(key)));
  return unmanaged.services
    .filter(({ key }) => ours.has(serviceKeyText(key)))
    .flatMap(({ key, destinations }) => {
      const service = serviceKeyText(key);
      const code = kept.has(service) ? 'foreignDestination' : 'foreignDestinationWouldGo';
      return destinations.map(({ address, port }) =>
        problem(code, ['services', service], { service, destination: endpointText(address, port) }),
      );
    });
}
