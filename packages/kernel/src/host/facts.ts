import { release } from 'node:os';
import type { HostFacts } from '@signalbox/cluster';
import type { Iptables } from '../marks/iptables.ts';
import type { Network } from '../route/network.ts';
import { readListeners } from '../sockets/proc-net.ts';
import { readForwardFilter } from './forward-filter.ts';
import { readOtherWriters } from './other-writers.ts';
import { readSysctls } from './sysctl.ts';
import { readTranslatedPorts } from './translated-ports.ts';

/** What this host is besides its state. Reads only. */
export async function readFacts(
  { network, iptables }: { readonly network: Network; readonly iptables: Iptables },
  sysctls: readonly string[],
): Promise<HostFacts> {
  const [links, values, listeners, forwardFilter, otherWriters, translatedPorts] = await Promise.all([
    network.links(),
    readSysctls(sysctls),
    readListeners(),
    readForwardFilter(iptables),
    readOtherWriters(),
    readTranslatedPorts(iptables),
  ]);
  return {
    kernelRelease: release(),
    links: links.map(({ name, mac, up }) => ({ name, mac, up })),
    sysctls: values,
    listeners,
    forwardFilter,
    otherWriters,
    translatedPorts,
  };
}
