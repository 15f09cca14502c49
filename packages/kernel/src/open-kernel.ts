import { readFile } from 'node:fs/promises';
import type { Operation } from '@signalbox/cluster';
import { askArp } from './arp/arping.ts';
import { readFacts } from './host/facts.ts';
import { glance } from './host/glance.ts';
import { readMissingIpvs, readSupport } from './host/support.ts';
import { readSysctls } from './host/sysctl.ts';
import { Ipvs } from './ipvs/ipvs.ts';
import type { Kernel, KernelOptions } from './kernel.ts';
import { Iptables } from './marks/iptables.ts';
import { Marks } from './marks/marks.ts';
import { NfTables } from './marks/nf-tables.ts';
import { NetlinkClient } from './netlink/client.ts';
import { NETLINK_GENERIC, NETLINK_NETFILTER, NETLINK_ROUTE, socketsOf } from './netlink/wire.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { hearNetwork } from './route/monitor.ts';
import { Network } from './route/network.ts';
import { countConnections } from './sockets/proc-net.ts';
import { runOperations } from './run/run-operations.ts';

/**
 * Opens the sockets to the kernel. They do not keep the process alive unless something is pending. Throws
 * `KernelFailure` when this machine lets nobody speak netlink.
 */
export async function openKernel({ timeoutMilliseconds = 10_000 }: KernelOptions = {}): Promise<Kernel> {
  const generic = new NetlinkClient({ open: socketsOf(NETLINK_GENERIC), timeoutMilliseconds });
  const route = new NetlinkClient({ open: socketsOf(NETLINK_ROUTE), timeoutMilliseconds });
  const ipvs = new Ipvs(generic);
  const network = new Network(route);
  const nfTables = new NfTables({ open: socketsOf(NETLINK_NETFILTER), timeoutMilliseconds });
  const iptables = new Iptables(nfTables);
  const marks = new Marks(iptables);
  // A table that we change while we dump it is dumped with gaps, and the kernel does not say so.
  const turns = new OneAtATime();

  return {
    observe: (names, look) =>
      turns.run(async () => {
        const sysctls = readSysctls(names);
        const [services, state, found] = await Promise.all([
          ipvs.services(),
          network.state(),
          marks.read(look),
        ]);
        return { services, ...state, sysctls, marks: found };
      }),
    support: () => readSupport(ipvs),
    missingIpvs: () => readMissingIpvs(ipvs),
    run: (operations: readonly Operation[], onProgress = () => {}) =>
      turns.run(() => runOperations({ ipvs, network, marks }, operations, onProgress)),
    readServices: () => ipvs.readings(),
    followServices: () => ipvs.follow(),
    readLinks: async () =>
      (await network.links()).map(({ name, inBytes, outBytes }) => ({ name, inBytes, outBytes })),
    facts: (sysctls) => readFacts({ ipvs, network, iptables }, sysctls),
    countConnections,
    askArp,
    hearNetwork,
    glance: (names) => new Promise((resolve) => resolve(glance(names))),
    bootId: async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
    close: async () => {
      await Promise.all([generic.close(), route.close(), nfTables.close()]);
    },
  };
}
