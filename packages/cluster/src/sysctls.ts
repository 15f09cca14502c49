// What we know about each sysctl we may write: which values satisfy a wanted one, and what the kernel moves along.
import type { HostState, HostSysctl } from './host-state.ts';
import type { Ledger } from './ledger.ts';

/** One sysctl, or one per interface: `net.ipv4.conf.IF.<leaf>` has its leaf as the key. */
interface SysctlRow {
  /**
   * For the value we want for serving: the effective values that do as well, which are never lowered. The kernel takes
   * the larger of `all` and the interface here. Any other wanted value is an original to restore, which is exact.
   */
  readonly accepts: Readonly<Record<string, readonly string[]>>;
  /** From at rest to serving. A change towards rest waits for the retire phase. */
  readonly restToServing: readonly string[];
  /** Why it is ours: the key of a ledger's reasons, followed by the interface where there is one. */
  readonly reason: string;
}

// Values: Documentation/networking/ip-sysctl.rst and ipvs-sysctl.rst.
const rows: Readonly<Record<string, SysctlRow>> = {
  'net.ipv4.ip_forward': { accepts: {}, restToServing: ['0', '1'], reason: 'forwarding' },
  'net.ipv4.vs.conntrack': { accepts: {}, restToServing: ['0', '1'], reason: 'conntrack' },
  // 3 decides anew for a client that comes again from a port whose connection has ended, also where only one direction
  // was seen (DR); 1 knows that of NAT only, and such a client would go the way of its former connection.
  'net.ipv4.vs.conn_reuse_mode': {
    accepts: { '3': ['2', '3'] },
    restToServing: ['0', '1', '3'],
    reason: 'connectionReuse',
  },
  // The kernel moves it when forwarding is turned on or off (devinet.c inet_forward_change).
  accept_redirects: { accepts: {}, restToServing: ['1', '0'], reason: 'forwarding' },
  send_redirects: { accepts: {}, restToServing: ['1', '0'], reason: 'redirects' },
  accept_local: { accepts: { '1': ['1'] }, restToServing: ['0', '1'], reason: 'acceptLocal' },
  // 0 none, 1 strict, 2 loose: 0 and 2 let pass what we build, and 2 is what outweighs a 1 on `all`.
  rp_filter: { accepts: { '2': ['0', '2'] }, restToServing: ['1', '0', '2'], reason: 'reversePath' },
  // 1 answers only for addresses of the interface asked, 2 only if the sender is in their subnet too.
  arp_ignore: { accepts: { '1': ['1', '2'] }, restToServing: ['0', '1', '2'], reason: 'arp' },
  arp_announce: { accepts: { '2': ['2'] }, restToServing: ['0', '1', '2'], reason: 'arp' },
};

const unknownRow: SysctlRow = { accepts: {}, restToServing: [], reason: 'value' };

/** `net.ipv4.conf.eth0.rp_filter` -> interface `eth0`, leaf `rp_filter`; null for a sysctl that is not per interface. */
function perInterface(name: string): { readonly interface: string; readonly leaf: string } | null {
  const match = /^net\.ipv4\.conf\.([^.]+)\.([^.]+)$/.exec(name);
  const [, device, leaf] = match ?? [];
  return device === undefined || leaf === undefined ? null : { interface: device, leaf };
}

const rowOf = (name: string): SysctlRow => rows[perInterface(name)?.leaf ?? name] ?? unknownRow;

/** `net.ipv4.conf.eth0/100.send_redirects`: dots in an interface's name become slashes, as sysctl(8) writes them. */
export const interfaceSysctl = (device: string, leaf: string): string =>
  `net.ipv4.conf.${device.replaceAll('.', '/')}.${leaf}`;

/** Values of sysctls by name; undefined for one that was not read. */
export type SysctlValues = (name: string) => string | undefined;

/** Whether what is there does what the wanted value would. A stricter one does, and is left alone. */
export function sysctlSatisfied(name: string, wanted: string, valueOf: SysctlValues): boolean {
  if (valueOf(name) === wanted) return true;
  const effective = effectiveSysctl(name, valueOf);
  return effective !== undefined && (rowOf(name).accepts[wanted]?.includes(effective) ?? false);
}

/** What the kernel goes by: the larger of the interface's value and that of `all`. */
export function effectiveSysctl(name: string, valueOf: SysctlValues): string | undefined {
  const values = [name, ...sysctlOfAll(name)]
    .flatMap((one) => valueOf(one) ?? [])
    .filter((one) => one !== '');
  return values.toSorted((a, b) => Number(a) - Number(b)).at(-1);
}

/** The sysctl of `all` that counts together with this one of an interface, if there is one. */
function sysctlOfAll(name: string): string[] {
  const parts = perInterface(name);
  const counts = parts !== null && parts.interface !== 'all' && Object.keys(rowOf(name).accepts).length > 0;
  return counts ? [interfaceSysctl('all', parts.leaf)] : [];
}

/** Whether the change takes away what serves (forwarding off, ARP answered again): it waits for the retire phase. */
export function sysctlRelaxes(name: string, from: string, to: string): boolean {
  const { restToServing } = rowOf(name);
  return restToServing.indexOf(to) < restToServing.indexOf(from);
}

/** The key under which the ledger remembers why we changed it: `forwarding`, `arp lo`. */
export function sysctlReason(name: string): string {
  const { reason } = rowOf(name);
  const device = perInterface(name)?.interface;
  if (reason === unknownRow.reason) return name;
  return device === undefined || reason === 'forwarding' ? reason : `${reason} ${device}`;
}

/** Order of writing: forwarding first, because it moves others; then by name, which puts `all` before interfaces. */
export const sysctlSortText = (name: string): string => `${name === forwarding ? 0 : 1} ${name}`;

const forwarding = 'net.ipv4.ip_forward';
const moved = 'net.ipv4.conf.all.accept_redirects';

/** What the kernel changes by itself when this sysctl changes to this value. */
export function movedSysctl(name: string, to: string): HostSysctl | null {
  return name === forwarding ? { name: moved, value: to === '0' ? '1' : '0' } : null;
}

/** The sysctl whose change moves this one, if any. */
export const sysctlMover = (name: string): string | null => (name === moved ? forwarding : null);

/** Every sysctl an observation must read before a plan can be made: the wanted, the remembered, those that count or move along. */
export function sysctlsToRead(desired: HostState, ledger: Ledger): string[] {
  const names = [...desired.sysctls, ...ledger.sysctls].map(({ name }) => name);
  const along = [...(names.includes(forwarding) ? [moved] : []), ...names.flatMap(sysctlOfAll)];
  return [...new Set([...names, ...along])].toSorted();
}
