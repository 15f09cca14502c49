import * as z from 'zod';

/** The field's closed lists, in ipvsadm(8)'s words. */
export const Protocol = z.enum(['tcp', 'udp', 'sctp']);
export type Protocol = z.infer<typeof Protocol>;

/** Forwarding methods an operator may choose. The screen says NAT, DR, TUN; ipvsadm says -m, -g, -i. */
export const ForwardingMethod = z.enum(['masq', 'gate', 'ipip']);
export type ForwardingMethod = z.infer<typeof ForwardingMethod>;

export const Scheduler = z.enum([
  'rr',
  'wrr',
  'lc',
  'wlc',
  'lblc',
  'lblcr',
  'dh',
  'sh',
  'sed',
  'nq',
  'fo',
  'ovf',
  'mh',
  'twos',
]);
export type Scheduler = z.infer<typeof Scheduler>;

/** IP_VS_SVC_F_SCHED1 / SCHED2, named by their scheduler as `ipvsadm -b` names them. */
export const SchedulerFlag = z.enum(['sh-fallback', 'sh-port', 'mh-fallback', 'mh-port']);
export type SchedulerFlag = z.infer<typeof SchedulerFlag>;

/** `timeoutSeconds` 1 .. 2678400 (31 days). `netmask` as `ipvsadm -M` takes it: dotted for IPv4, prefix length for IPv6. */
export const Persistence = z.object({
  timeoutSeconds: z.int().min(1).max(2_678_400),
  netmask: z.string(),
  engine: z.enum(['sip']).nullable(),
});
export type Persistence = z.infer<typeof Persistence>;
