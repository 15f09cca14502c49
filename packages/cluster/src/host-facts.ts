import * as z from 'zod';
import { Address } from './address.ts';
import { Protocol } from './ipvs.ts';

/** A socket that waits for clients. The unspecified address (0.0.0.0, ::) is "any": a wildcard socket. */
export const Listener = z.object({ protocol: Protocol, address: Address, port: z.int() });
export type Listener = z.infer<typeof Listener>;

/** How the host treats packets that it forwards and that connection tracking does not know (an IPVS reply is one). */
export const ForwardFilter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open') }),
  /** `rule`: the policy or the rule that drops them, as `iptables -S` prints it. */
  z.object({ kind: z.literal('dropsUntracked'), rule: z.string() }),
  /** Nobody could say: no iptables here, or a rule set we cannot read. */
  z.object({ kind: z.literal('unknown'), reason: z.string() }),
]);
export type ForwardFilter = z.infer<typeof ForwardFilter>;

/** Something that also writes the IPVS table: a process (`keepalived`, pid 812) or a unit (`ipvsadm.service`). */
export const OtherWriter = z.object({ name: z.string(), evidence: z.string() });
export type OtherWriter = z.infer<typeof OtherWriter>;

/** What a host is besides its host state: facts that decide whether a switch can work, never written by us. */
export const HostFacts = z.object({
  kernelRelease: z.string(),
  /** Link-layer address of every interface, lower case with colons: names the culprit of an ARP leak. */
  links: z.array(z.object({ name: z.string(), mac: z.string(), up: z.boolean() })),
  /** Values now of the sysctls that were asked for; one that does not exist is left out. */
  sysctls: z.array(z.object({ name: z.string(), value: z.string() })),
  listeners: z.array(Listener),
  forwardFilter: ForwardFilter,
  otherWriters: z.array(OtherWriter),
  /** Seconds after which IPVS forgets a silent connection (ipvsadm --set): open, ended, and UDP. Null without IPVS. */
  ipvsTimeouts: z.object({ tcp: z.int(), tcpFin: z.int(), udp: z.int() }).nullable(),
  /** Addresses and ports that this host's own DNAT rules translate (containers): a rule `from RIP` cannot match their replies. */
  translatedPorts: z.array(z.object({ protocol: Protocol, port: z.int(), to: z.string() })),
});
export type HostFacts = z.infer<typeof HostFacts>;
