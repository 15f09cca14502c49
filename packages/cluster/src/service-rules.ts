// Rules for virtual services and their destinations.
import type { ProblemRule } from './problem-rules.ts';

export const serviceRules = {
  unknownVip: {
    severity: 'error',
    message: 'The service {service} has a VIP that does not exist. Choose one of the VIPs.',
  },
  duplicateService: {
    severity: 'error',
    message:
      'There are two services {service}. Protocol, VIP and port of a service must differ from every other.',
  },
  emptyService: {
    severity: 'warning',
    message: '{service} has no destination: connections to it are refused. Add a real server.',
  },
  noLiveDestination: {
    severity: 'warning',
    message: 'Every destination of {service} has weight 0: new connections are refused. Give one a weight.',
  },
  onePacketNeedsUdp: {
    severity: 'error',
    message:
      '{service} schedules each packet on its own (one-packet), which works with UDP only. Turn it off.',
  },
  netmaskNotUsable: {
    severity: 'error',
    message:
      'The persistence netmask {netmask} of {service} is not a netmask. Write it like 255.255.255.0 for IPv4, or as a prefix length from 1 to 128 for IPv6.',
  },
  sipEngineNeedsUdp: {
    severity: 'error',
    message:
      '{service} persists by SIP Call-ID, which works with UDP only: other packets are dropped. Choose no engine.',
  },
  schedulerFlagMismatch: {
    severity: 'error',
    message: 'The flag {flag} of {service} does not belong to the scheduler {scheduler}. Remove it.',
  },
  weightsIgnored: {
    severity: 'warning',
    message: 'Weights given to {scheduler} do nothing ({service}). Use {weighted} to balance by weight.',
  },
  hashingMeetsWeightZero: {
    severity: 'warning',
    message:
      '{scheduler} keeps sending some clients to destinations of weight 0, where they are refused ({service}). Add the flag {flag}.',
  },

  unknownNode: {
    severity: 'error',
    message:
      'The destination {destination} of {service} is on a node that does not exist. Choose a real server.',
  },
  destinationNotRealServer: {
    severity: 'error',
    message:
      'The destination {destination} of {service} is on {node}, which is not a real server. Choose a real server.',
  },
  destinationAddressNotOfNode: {
    severity: 'error',
    message:
      'The destination {destination} of {service} is not an address of {node} ({addresses}). Choose one of them.',
  },
  duplicateDestination: {
    severity: 'error',
    message:
      '{service} has the destination {destination} twice. Remove one, and give the other the weight of both.',
  },
  thresholdsReversed: {
    severity: 'error',
    message:
      'The lower threshold {lower} of {destination} in {service} is above the upper one, {upper}. The kernel refuses that: lower it, or set it to 0.',
  },
  thresholdTooHigh: {
    severity: 'error',
    message:
      'The upper threshold {upper} of {destination} in {service} is above {most}. Newer kernels refuse that: lower it, or set it to 0 for no limit.',
  },
  methodNotAvailable: {
    severity: 'error',
    message: 'Forwarding by {method} is not available yet ({destination} in {service}). Use NAT or DR.',
  },
  portDiffersUnderDirectRouting: {
    severity: 'error',
    message:
      '{destination} has another port than {service}. Forwarding by {method} cannot translate ports: use port {port}, or NAT.',
  },
  directRoutingOffLink: {
    severity: 'error',
    message:
      '{director} shares no network with {destination} ({node}), and DR reaches real servers on its own links only. Connect both to one network.',
  },
  directRepliesHaveNoWay: {
    severity: 'error',
    message:
      'Under DR {node} answers clients itself, but from it no drawn way leads to {client} ({destination}). Give it a default gateway that leads there, or use NAT.',
  },
  natRepliesBypassDirector: {
    severity: 'error',
    message:
      '{director} shares no network with {destination} ({node}), so under NAT replies would bypass it and the client would drop them. Connect both to one network.',
  },
  natServesTwoDirectors: {
    severity: 'error',
    message:
      '{destination} of {node} is served under NAT by {director} and by {other}, and its replies can only go to one of them. Use another port for one.',
  },
} as const satisfies Record<string, ProblemRule>;
