// A first drawing to change: NAT with two arms, addresses of the documentation's private ranges.
import { type Address, type Cidr, type Node, type NodeKind, parseCidr } from '@signalbox/cluster';
import type { Edit } from './edit.ts';
import { type MakeId, newDestination, newInterface, newService, newVip } from './new-things.ts';

/** The edits that draw it on an empty board: each can be undone, nothing is applied by them. */
export function exampleEdits(makeId: MakeId): Edit[] {
  const outer = { id: makeId('net'), name: 'outer', cidrs: [cidr('192.168.0.0/24')] };
  const inner = { id: makeId('net'), name: 'inner', cidrs: [cidr('192.168.137.0/24')] };
  const node = (
    kind: NodeKind,
    name: string,
    { addresses, gateway }: { addresses: readonly [string, string][]; gateway: Address | null },
  ): Node => ({
    id: makeId(name),
    name,
    kind,
    agent: null,
    interfaces: addresses.map(([networkId, text], i) => ({
      ...newInterface(`eth${i}`, networkId, makeId),
      addresses: [{ cidr: cidr(text), origin: 'host' }],
    })),
    gateway,
    position: null,
  });
  const dip = cidr('192.168.137.129/24').address;
  const client = node('client', 'client', { addresses: [[outer.id, '192.168.0.109/24']], gateway: null });
  const director = node('director', 'director', {
    addresses: [
      [outer.id, '192.168.0.111/24'],
      [inner.id, '192.168.137.129/24'],
    ],
    gateway: null,
  });
  const servers = ['131', '130'].map((last, i) =>
    node('realServer', `rs${i + 1}`, { addresses: [[inner.id, `192.168.137.${last}/24`]], gateway: dip }),
  );
  const vip = newVip(cidr('192.168.0.111/24').address, director.id, makeId);
  const service = newService(
    { kind: 'address', protocol: 'tcp', vipId: vip.id, port: 80 },
    servers.flatMap((server) => newDestination(server, 80, makeId) ?? []),
    makeId,
  );
  return [
    ...[outer, inner].map((network): Edit => ({ kind: 'addNetwork', network })),
    ...[client, director, ...servers].map((one): Edit => ({ kind: 'addNode', node: one })),
    { kind: 'addVip', vip },
    { kind: 'addService', service },
  ];
}

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === null) throw new Error(`not a CIDR: ${text}`);
  return parsed;
}
