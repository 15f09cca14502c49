import { type HostFacts, Protocol } from '@signalbox/cluster';
import type { Iptables } from '../marks/iptables.ts';
import { KernelFailure } from '../netlink/failure.ts';

/** Ports that DNAT rules of this host pass on, usually to containers. None where iptables does not run. */
export async function readTranslatedPorts(iptables: Iptables): Promise<HostFacts['translatedPorts']> {
  try {
    return translatedBy(await iptables.rulesIfAny('nat'));
  } catch (error) {
    if (error instanceof KernelFailure) return [];
    throw error;
  }
}

/** From what `iptables -t nat -S` prints. */
export function translatedBy(lines: readonly string[]): HostFacts['translatedPorts'] {
  return lines.flatMap((line) => {
    const to = /-j DNAT .*--to-destination (\S+)/.exec(line)?.[1];
    const protocol = Protocol.safeParse(/-p (\S+)/.exec(line)?.[1]);
    const ports = /--dports? (\S+)/.exec(line)?.[1]?.split(',').flatMap(portsOf) ?? [];
    if (to === undefined || !protocol.success) return [];
    return ports.map((port) => ({ protocol: protocol.data, port, to }));
  });
}

/** `80`, or `8000:8010` with all between. */
function portsOf(text: string): number[] {
  const [first = 0, last = first] = text.split(':').map(Number);
  return first > 0 && last <= 0xffff && first <= last
    ? Array.from({ length: last - first + 1 }, (_, step) => first + step)
    : [];
}
