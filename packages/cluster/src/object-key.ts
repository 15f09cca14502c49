// Things the ledger can own, and the text each is remembered by.
import { formatCidr } from './cidr.ts';
import type { HostAddress, HostMark, HostRoute, HostRule, HostState, ServiceKey } from './host-state.ts';
import { type Endpoint, endpointText, serviceKeyText } from './keys.ts';

/** Something the ledger can own. Sysctls are not objects: they are there before us and after us. */
export type HostObject =
  | { readonly kind: 'service'; readonly key: ServiceKey }
  | { readonly kind: 'destination'; readonly service: ServiceKey; readonly destination: Endpoint }
  | { readonly kind: 'address'; readonly address: HostAddress }
  | { readonly kind: 'route'; readonly route: HostRoute }
  | { readonly kind: 'rule'; readonly rule: HostRule }
  | { readonly kind: 'mark'; readonly mark: HostMark };

/**
 * The object's identity as stable text, e.g. `destination tcp 10.0.0.1:80 -> 10.0.0.2:80`: the ledger's key. What the
 * kernel takes for the same object has the same text: an address is its CIDR on an interface, whatever its label
 * (devinet.c __inet_insert_ifa), a route is table, destination and metric (fib_trie.c fib_table_insert), a rule is all
 * its selectors and its table (fib_rules.c rule_exists, which does not look at the protocol).
 */
export function objectKey(object: HostObject): string {
  switch (object.kind) {
    case 'service':
      return `service ${serviceKeyText(object.key)}`;
    case 'destination': {
      const { address, port } = object.destination;
      return `destination ${serviceKeyText(object.service)} -> ${endpointText(address, port)}`;
    }
    case 'address':
      return `address ${formatCidr(object.address.cidr)} dev ${object.address.interface}`;
    case 'route': {
      const { table, destination, metric } = object.route;
      return `route ${formatCidr(destination)} table ${table} metric ${metric}`;
    }
    case 'rule':
      return ruleKey(object.rule);
    case 'mark':
      return markKey(object.mark);
  }
}

const ruleKey = (rule: HostRule): string =>
  [
    `rule ${rule.priority}`,
    rule.from === null ? null : `from ${formatCidr(rule.from)}`,
    rule.to === null ? null : `to ${formatCidr(rule.to)}`,
    rule.ipProtocol === null ? null : `ipproto ${rule.ipProtocol}`,
    rule.sourcePort === null ? null : `sport ${rule.sourcePort}`,
    rule.mark === null ? null : `fwmark ${rule.mark}`,
    `lookup ${rule.table}`,
  ]
    .filter((part) => part !== null)
    .join(' ');

const markKey = ({ mark, protocol, from, sourcePorts, address, ports }: HostMark): string =>
  [
    `mark ${mark} ${protocol}`,
    from === null ? null : `from ${formatCidr(from)}`,
    sourcePorts === null ? null : `sports ${sourcePorts.first}-${sourcePorts.last}`,
    `${address.text} ports ${ports.toSorted((a, b) => a - b).join(',')}`,
  ]
    .filter((part) => part !== null)
    .join(' ');

/** Everything in a host state that the ledger can own. */
export const hostObjects = (state: HostState): HostObject[] => [
  ...state.services.flatMap((service): HostObject[] => [
    { kind: 'service', key: service.key },
    ...service.destinations.map(
      (destination): HostObject => ({ kind: 'destination', service: service.key, destination }),
    ),
  ]),
  ...state.addresses.map((address): HostObject => ({ kind: 'address', address })),
  ...state.routes.map((route): HostObject => ({ kind: 'route', route })),
  ...state.rules.map((rule): HostObject => ({ kind: 'rule', rule })),
  ...state.marks.map((mark): HostObject => ({ kind: 'mark', mark })),
];

export const objectKeys = (state: HostState): Set<string> => new Set(hostObjects(state).map(objectKey));
