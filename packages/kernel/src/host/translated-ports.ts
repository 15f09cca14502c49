import { type HostFacts, Protocol } from '@signalbox/cluster';
import type { Iptables } from '../marks/iptables.ts';
import { KernelFailure } from '../netlink/failure.ts';

/** Ports that DNAT rules of this host pass on, usually to containers. None where iptables does not run. */
export async function readTranslatedPorts(iptables: Iptables): Promise<HostFacts['translatedPorts']> {
  try {
    return translatedBy(await iptables.rules('nat'));
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
    const ports = /--dports? (\S+)/.exec(line)?.[1]?.split(',') ?? [];
    if (to === undefined || !protocol.success) return [];
    return ports
      .map(Number)
      .filter(Number.isInteger)
      .map((port) => ({ protocol: protocol.data, port, to }));
  });
}
