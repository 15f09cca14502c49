import { type Address, contains } from '@signalbox/cluster';
import type { Ipvs } from '../ipvs/ipvs.ts';
import type { Network } from '../route/network.ts';
import type { Replies } from './reply-match.ts';

/** Where this host's IPVS replies come from and leave, by the services that it has; IPv4, as iptables is. */
export async function readReplies(ipvs: Ipvs, network: Network): Promise<Replies> {
  const [services, { addresses, routes }] = await Promise.all([ipvs.services(), network.state()]);
  const from = services.flatMap(({ destinations }) =>
    destinations.map(({ address }) => address).filter(({ family }) => family === 'ipv4'),
  );
  const vips = services.flatMap(({ key }) => (key.kind === 'address' ? [key.address] : []));
  const near = (to: readonly Address[]) =>
    addresses
      .filter(({ cidr }) => to.some((address) => contains(cidr, address)))
      .map((address) => address.interface);
  const wayOut = routes.flatMap(({ destination, interface: device }) =>
    destination.prefix === 0 && device !== null ? [device] : [],
  );
  return { from, incoming: [...new Set(near(from))], outgoing: [...new Set([...near(vips), ...wayOut])] };
}
