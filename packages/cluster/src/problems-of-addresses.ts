import type { Cidr } from './address.ts';
import { isLoopback, isUnicast } from './address-kind.ts';
import { contains, familyBits, formatCidr, isNetworkOrBroadcast } from './cidr.ts';
import { repeated } from './repeated.ts';
import type { Holder, TopologyIndex } from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** Interfaces and the addresses on them. */
export function problemsOfAddresses(index: TopologyIndex): TopologyProblem[] {
  const holders = [...index.holders.values()].flat();
  return [
    ...unknownNetworks(index),
    ...holders.flatMap((holder) => [
      ...(index.networks.has(holder.interface.networkId) ? problemsOnNetwork(index, holder) : []),
      ...problemsOfOne(holder),
    ]),
    ...repeated(holders, ({ address }) => address.cidr.address.text).map(({ item, first }) =>
      topologyProblem('duplicateAddress', pathOf(item), {
        address: item.address.cidr.address.text,
        node: item.node.name,
        other: first.node.name,
      }),
    ),
  ];
}

const pathOf = ({ node, interface: device, address }: Holder) => [
  'nodes',
  node.id,
  'interfaces',
  device.id,
  'addresses',
  formatCidr(address.cidr),
];

const unknownNetworks = (index: TopologyIndex): TopologyProblem[] =>
  index.topology.nodes.flatMap((node) =>
    node.interfaces
      .filter(({ networkId }) => !index.networks.has(networkId))
      .map((device) =>
        topologyProblem('unknownNetwork', ['nodes', node.id, 'interfaces', device.id, 'networkId'], {
          node: node.name,
          interface: device.name,
        }),
      ),
  );

function problemsOnNetwork(index: TopologyIndex, holder: Holder): TopologyProblem[] {
  const { cidr } = holder.address;
  const network = index.networks.get(holder.interface.networkId);
  if (network === undefined) return [];
  const range = network.cidrs.find((one) => contains(one, cidr.address));
  const values = { node: holder.node.name, network: network.name, address: formatCidr(cidr) };
  if (range === undefined) {
    const ranges = network.cidrs.map(formatCidr).join(', ');
    return [topologyProblem('addressNotOnNetwork', pathOf(holder), { ...values, ranges })];
  }
  // A /32 is put on an interface for itself alone: it says nothing about the network.
  if (cidr.prefix === range.prefix || cidr.prefix === familyBits(cidr.address.family)) return [];
  const differs = { ...values, range: formatCidr(range) };
  return [topologyProblem('prefixDiffersFromNetwork', pathOf(holder), differs)];
}

function problemsOfOne(holder: Holder): TopologyProblem[] {
  const { cidr, origin } = holder.address;
  const address = formatCidr(cidr);
  // IPv6 addresses that are facts do no harm; those we should put up are refused until we can.
  const refused = cidr.address.family === 'ipv6' && origin === 'signalbox';
  return [
    ...(isUsable(cidr)
      ? []
      : [topologyProblem('addressNotUsable', pathOf(holder), { address, node: holder.node.name })]),
    ...(refused
      ? [topologyProblem('ipv6NotAvailable', pathOf(holder), { address, name: holder.node.name })]
      : []),
  ];
}

const isUsable = (cidr: Cidr) =>
  isUnicast(cidr.address) && !isLoopback(cidr.address) && !isNetworkOrBroadcast(cidr);
