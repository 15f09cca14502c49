// Which way each real server's connections came, told by the local end of its sockets: RIP:P by NAT, VIP:P by DR.
// IPVS cannot say: its connection table has no method (docs/decisions/002).
import type { Address, ForwardingMethod, Protocol, Topology } from '@signalbox/cluster';
import type { StoredSwitch } from '@signalbox/db';

export interface LocalEnd {
  readonly protocol: Protocol;
  readonly address: Address;
  readonly port: number;
}

/** What to count on one real server. */
export interface Ends {
  readonly nodeId: string;
  readonly old: readonly LocalEnd[];
  readonly new: readonly LocalEnd[];
}

/** The ends that clients reach when their connection came by a method. */
function endOf(
  topology: Topology,
  { service, destination }: DestinationOf,
  method: ForwardingMethod,
): LocalEnd[] {
  const { protocol, vipId, port } = service.at;
  if (method === 'masq') return [{ protocol, address: destination.address, port: destination.port }];
  const vip = topology.vips.find(({ id }) => id === vipId);
  return vip ? [{ protocol, address: vip.address, port }] : [];
}

interface DestinationOf {
  readonly service: Topology['services'][number];
  readonly destination: Topology['services'][number]['destinations'][number];
}

/** Per real server of the switch. `old` is the way that new connections do not take at its step. */
export function endsByWay(
  topology: Topology,
  { services, to, step }: Pick<StoredSwitch, 'services' | 'to' | 'step'>,
): Ends[] {
  const flipped = step === 'flipped' || step === 'done';
  const ends = services.flatMap(({ serviceId, from }) => {
    const service = topology.services.find(({ id }) => id === serviceId);
    const [oldWay, newWay] = flipped ? [from, to] : [to, from];
    return (service?.destinations ?? []).flatMap((destination) =>
      service
        ? [
            {
              nodeId: destination.nodeId,
              old: endOf(topology, { service, destination }, oldWay),
              new: endOf(topology, { service, destination }, newWay),
            },
          ]
        : [],
    );
  });
  return [...Map.groupBy(ends, ({ nodeId }) => nodeId)].map(([nodeId, own]) => ({
    nodeId,
    old: distinct(own.flatMap((one) => one.old)),
    new: distinct(own.flatMap((one) => one.new)),
  }));
}

const distinct = (ends: readonly LocalEnd[]): LocalEnd[] => [
  ...new Map(ends.map((end) => [`${end.protocol} ${end.address.text} ${end.port}`, end])).values(),
];

/** Checks and canaries of directors are not clients. */
export const directorsAddresses = (topology: Topology): Address[] =>
  topology.nodes
    .filter(({ kind }) => kind === 'director')
    .flatMap(({ interfaces }) => interfaces)
    .flatMap(({ addresses }) => addresses.map(({ cidr }) => cidr.address));
