// What a trial that failed tells about its cause.
import type { ProblemRule } from './problem-rules.ts';

export const proofRules = {
  canaryRefused: {
    severity: 'error',
    message:
      '{node} refused the trial connection to {service} by {method}: nothing listens on {address} there. Start its server, or bind it to that address.',
  },
  canaryTimedOut: {
    severity: 'error',
    message:
      '{node} did not answer the trial connection to {service} by DR from {from}. Check that its packet filter lets {vip} in, and that nobody took {vip} off its lo during the trial.',
  },
  canaryTimedOutByNat: {
    severity: 'error',
    message:
      '{node} did not answer the trial connection to {service} by NAT from {from}. Check that its packet filter lets {address} in, and that its replies go to {director}.',
  },
  canarySilent: {
    severity: 'warning',
    message:
      '{node} did not answer the trial datagram to {service} by {method}, which a UDP server may do: it is bound to {address}, but nobody saw its replies. Watch its clients after the switch, or let it be undone unless you confirm.',
  },
  canaryReplyLost: {
    severity: 'error',
    message:
      '{node} answers {service} by {method} when {director} asks, but not when {from} does: its replies get lost ({path}). Check forwarding, filters and rp_filter on that way.',
  },
  canaryClientLost: {
    severity: 'error',
    message:
      'No real server of {service} answered {from} by {method}, and all that were tried answered {director}. Check the way from {from} to {director}, and that of replies ({path}).',
  },
  canaryUnreachable: {
    severity: 'error',
    message:
      '{director} could not hand the trial connection for {service} to {node} ({address}): its link does not answer. Check that {node} is on and connected.',
  },
  canaryNotTried: {
    severity: 'error',
    message:
      'The trial connection through {node} to {service} could not be made from {from}: {reason}. Try again.',
  },
  arpNotAsked: {
    severity: 'error',
    message:
      '{director} could not ask who answers ARP for VIP {vip} on its link {interface}, so it is not certain that its real servers are silent. Try again when its agent answers.',
  },
  arpLeak: {
    severity: 'error',
    message:
      '{node} answers ARP for VIP {vip} on the link of {director} ({mac}), so clients would find it instead. Set arp_ignore to 1 on all its interfaces, and look for what changed it.',
  },
  arpLeakByProxy: {
    severity: 'error',
    message:
      '{node} answers ARP for VIP {vip} as a proxy ({mac}). Set proxy_arp to 0 on its interfaces on the link of {director}.',
  },
  arpLeakUnknown: {
    severity: 'error',
    message:
      'A machine with the link-layer address {mac} answers ARP for VIP {vip} on the link of {director}. Find it and take the address away from it.',
  },
} as const satisfies Record<string, ProblemRule>;
