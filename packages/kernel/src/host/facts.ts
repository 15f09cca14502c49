import { release } from 'node:os';
import type { HostFacts } from '@signalbox/cluster';
import type { Ipvs } from '../ipvs/ipvs.ts';
import type { Iptables } from '../marks/iptables.ts';
import type { Network } from '../route/network.ts';
import { readListeners } from '../sockets/proc-net.ts';
import { readForwardFilter } from './forward-filter.ts';
import { readReplies } from './read-replies.ts';
import { readOtherWriters } from './other-writers.ts';
import { readSysctls } from './sysctl.ts';
import { readTranslatedPorts } from './translated-ports.ts';

interface Machine {
  readonly ipvs: Ipvs;
  readonly network: Network;
  readonly iptables: Iptables;
}

/** What this host is besides its state. Reads only. */
export async function readFacts(
  { ipvs, network, iptables }: Machine,
  sysctls: readonly string[],
): Promise<HostFacts> {
  const values = readSysctls(sysctls);
  const [links, listeners, forwardFilter, otherWriters, ipvsTimeouts, translatedPorts] = await Promise.all([
    network.links(),
    readListeners(),
    readForwardFilter(iptables, () => readReplies(ipvs, network)),
    readOtherWriters(),
    ipvs.timeouts(),
    readTranslatedPorts(iptables),
  ]);
  return {
    kernelRelease: release(),
    links: links.map(({ name, mac, up }) => ({ name, mac, up })),
    sysctls: values,
    listeners,
    forwardFilter,
    otherWriters,
    ipvsTimeouts,
    translatedPorts,
  };
}
