// Whether the kernel already does what is wanted: equality of configuration, apart from identity (keys.ts).
import type { HostDestination, HostRoute, HostService } from './host-state.ts';
import { isFullNetmask } from './ipvsadm-arguments.ts';

/** The order of scheduler flags means nothing, and neither does the spelling of "no netmask". */
export function sameServiceConfiguration(wanted: HostService, there: HostService): boolean {
  return (
    wanted.scheduler === there.scheduler &&
    wanted.onePacket === there.onePacket &&
    wanted.schedulerFlags.toSorted().join() === there.schedulerFlags.toSorted().join() &&
    samePersistence(wanted.persistence, there.persistence)
  );
}

function samePersistence(a: HostService['persistence'], b: HostService['persistence']): boolean {
  if (a === null || b === null) return a === b;
  const sameNetmask = a.netmask === b.netmask || (isFullNetmask(a.netmask) && isFullNetmask(b.netmask));
  return a.timeoutSeconds === b.timeoutSeconds && a.engine === b.engine && sameNetmask;
}

/** `local` is the kernel's own answer where the address is the host's, and satisfies any method. */
export function sameDestinationConfiguration(wanted: HostDestination, there: HostDestination): boolean {
  return (
    wanted.weight === there.weight &&
    wanted.upperThreshold === there.upperThreshold &&
    wanted.lowerThreshold === there.lowerThreshold &&
    (there.method === 'local' || (wanted.method === there.method && sameTunnel(wanted, there)))
  );
}

/** A tunnel matters only where packets are tunnelled; a plain one (IP in IP) is what null means. */
function sameTunnel(a: HostDestination, b: HostDestination): boolean {
  if (a.method !== 'ipip') return true;
  const [left, right] = [a.tunnel ?? plainTunnel, b.tunnel ?? plainTunnel];
  return left.type === right.type && left.port === right.port && left.checksum === right.checksum;
}

const plainTunnel = { type: 'ipip', port: 0, checksum: 'nocsum' } as const;

/** Who made the route (its protocol) is not where it leads. */
export const sameNextHop = (a: HostRoute, b: HostRoute): boolean =>
  a.type === b.type && a.via?.text === b.via?.text && a.interface === b.interface && a.onlink === b.onlink;
