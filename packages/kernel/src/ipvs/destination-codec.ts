import type { HostDestination, HostMethod } from '@signalbox/cluster';
import { addressOf, type DestinationValues, familyNumber, present } from './tables.ts';
import { FWD_MASK } from './uapi.ts';

/** In the order of the kernel's numbers: IP_VS_CONN_F_MASQ is 0. */
const methods = ['masq', 'local', 'ipip', 'gate', 'bypass'] as const satisfies readonly HostMethod[];
const tunnelTypes = ['ipip', 'gue', 'gre'] as const;
/** IP_VS_TUNNEL_ENCAP_FLAG_*: bit 0 and bit 1, of which the second has the last word. */
const checksums = ['nocsum', 'csum', 'remcsum'] as const;

/** What identifies a destination in its service. */
export const encodeDestinationKey = ({ address, port }: HostDestination): DestinationValues => ({
  family: familyNumber(address.family),
  address,
  port,
});

/** Key and configuration: NEW and SET replace everything, so everything is sent. Tables of ten thousand go through here. */
export function encodeDestination(destination: HostDestination): DestinationValues {
  const { address, port, method, weight, upperThreshold, lowerThreshold } = destination;
  // Without these the kernel tunnels as IP in IP.
  const tunnel = method === 'ipip' ? destination.tunnel : null;
  return {
    family: familyNumber(address.family),
    address,
    port,
    method: methods.indexOf(method),
    // The kernel reads an int, and refuses a negative one by ERANGE.
    weight: weight >>> 0,
    upperThreshold,
    lowerThreshold,
    tunnelType: tunnel === null ? undefined : tunnelTypes.indexOf(tunnel.type),
    tunnelPort: tunnel?.port,
    tunnelFlags: tunnel === null ? undefined : checksums.indexOf(tunnel.checksum),
  };
}

export function decodeDestination(values: DestinationValues): HostDestination {
  const method = decodeMethod(values);
  return {
    address: addressOf(values),
    port: present(values.port, 'port'),
    method,
    weight: present(values.weight, 'weight') | 0,
    upperThreshold: present(values.upperThreshold, 'upper threshold'),
    lowerThreshold: present(values.lowerThreshold, 'lower threshold'),
    tunnel: method === 'ipip' ? decodeTunnel(values) : null,
  };
}

/** How the kernel forwards to a destination. */
export function decodeMethod(values: Pick<DestinationValues, 'method'>): HostMethod {
  const number = present(values.method, 'forwarding method') & FWD_MASK;
  return present(methods[number], `forwarding method ${number}`);
}

/** Plain IP in IP is null: it has no more to say. Kernels before 5.3 have nothing else. */
function decodeTunnel(values: DestinationValues): HostDestination['tunnel'] {
  const { tunnelType = 0, tunnelPort = 0, tunnelFlags = 0 } = values;
  const type = present(tunnelTypes[tunnelType], `tunnel type ${tunnelType}`);
  const checksum = checksums[tunnelFlags] ?? 'remcsum';
  return type === 'ipip' && tunnelPort === 0 && checksum === 'nocsum'
    ? null
    : { type, port: tunnelPort, checksum };
}
