import { isLoopback, isUnicast } from './address-kind.ts';
import { contains, isNetworkOrBroadcast } from './cidr.ts';
import { repeated } from './repeated.ts';
import type { Node, Vip } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** VIPs and who holds them. */
export function problemsOfVips(index: TopologyIndex): TopologyProblem[] {
  const { vips } = index.topology;
  return [
    ...vips.flatMap((vip) => [
      ...problemsOfDirector(index, vip),
      ...problemsOfAddress(index, vip),
      ...takenBy(index, vip),
    ]),
    ...repeated(vips, ({ address }) => address.text).map(({ item, first }) =>
      problemOfSecond(index, item, first),
    ),
  ];
}

function problemsOfDirector(index: TopologyIndex, vip: Vip): TopologyProblem[] {
  const path = ['vips', vip.id, 'directorId'];
  const director = index.nodes.get(vip.directorId);
  if (director === undefined) return [topologyProblem('unknownDirector', path, { vip: vip.address.text })];
  const values = { vip: vip.address.text, node: director.name };
  if (director.kind !== 'director') return [topologyProblem('vipHolderNotDirector', path, values)];
  return director.interfaces.length === 0 ? [topologyProblem('directorWithoutInterface', path, values)] : [];
}

function problemsOfAddress(index: TopologyIndex, vip: Vip): TopologyProblem[] {
  const path = ['vips', vip.id, 'address'];
  const { address } = vip;
  const ranges = index.topology.networks
    .flatMap(({ cidrs }) => cidrs)
    .filter((cidr) => contains(cidr, address));
  const isEdge = ranges.some(({ prefix }) => isNetworkOrBroadcast({ address, prefix }));
  if (!isUnicast(address) || isLoopback(address) || isEdge) {
    return [topologyProblem('vipNotUsable', path, { vip: address.text })];
  }
  const node = index.nodes.get(vip.directorId)?.name ?? vip.directorId;
  return [
    ...(ranges.length === 0
      ? [topologyProblem('vipOffEveryNetwork', path, { vip: address.text, node })]
      : []),
    ...(address.family === 'ipv6'
      ? [topologyProblem('ipv6NotAvailable', path, { address: address.text, name: 'VIP' })]
      : []),
  ];
}

/** The director's own address may be the VIP (two-arm); nobody else's may. */
function takenBy(index: TopologyIndex, vip: Vip): TopologyProblem[] {
  const others = (index.holders.get(vip.address.text) ?? []).filter(({ node }) => node.id !== vip.directorId);
  return others.map(({ node }) =>
    topologyProblem(codeByKind(node), ['vips', vip.id, 'address'], {
      vip: vip.address.text,
      node: node.name,
    }),
  );
}

const codeByKind = ({ kind }: Node) => (kind === 'realServer' ? 'vipIsRealServer' : 'vipIsOtherNode');

function problemOfSecond(index: TopologyIndex, vip: Vip, first: Vip): TopologyProblem {
  const path = ['vips', vip.id, 'address'];
  if (vip.directorId === first.directorId)
    return topologyProblem('duplicateVip', path, { vip: vip.address.text });
  const nameOf = (id: string) => index.nodes.get(id)?.name ?? id;
  const values = { vip: vip.address.text, node: nameOf(first.directorId), other: nameOf(vip.directorId) };
  return topologyProblem('secondDirector', path, values);
}
