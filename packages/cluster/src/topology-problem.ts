// Every rule a topology can break: one row each. A row's values are what the screens put into their own languages.
import type { Problem } from './problem.ts';
import { problemMaker, type ProblemRule } from './problem-rules.ts';

const rules = {
  duplicateId: {
    severity: 'error',
    message: 'The identifier {id} is used twice among {kind}. Identifiers must differ.',
  },
  duplicateName: {
    severity: 'error',
    message: 'Two {kind} are called {name}. Give one of them another name.',
  },
  duplicateInterfaceName: {
    severity: 'error',
    message: '{node} has two interfaces named {interface}. Name each as `ip link` shows it on the machine.',
  },

  networkHasHostBits: {
    severity: 'error',
    message: '{cidr} of network {network} is the address of a host. Write the network as {corrected}.',
  },
  networksOverlap: {
    severity: 'error',
    message:
      '{cidr} of network {network} and {otherCidr} of network {other} overlap: the same address would be in both. Give them separate ranges, or draw them as one network.',
  },

  unknownNetwork: {
    severity: 'error',
    message:
      'Interface {interface} of {node} is on a network that does not exist. Choose one of the drawn networks.',
  },
  addressNotOnNetwork: {
    severity: 'error',
    message:
      '{address} of {node} is in none of the ranges of network {network} ({ranges}). Correct the address, or add its range to the network.',
  },
  prefixDiffersFromNetwork: {
    severity: 'warning',
    message:
      '{address} of {node} has another prefix length than its range {range} of network {network}. Hosts on one network should agree on it.',
  },
  addressNotUsable: {
    severity: 'error',
    message:
      '{address} cannot be the address of a host ({node}): it is a network, broadcast, multicast or reserved address.',
  },
  duplicateAddress: {
    severity: 'error',
    message: '{address} is on {node} and on {other}. One address belongs to one interface of one node.',
  },

  gatewayOffLink: {
    severity: 'error',
    message:
      'The gateway {gateway} of {node} is in none of its subnets ({subnets}), so it cannot be reached. Use an address of a router there.',
  },
  gatewayIsSelf: {
    severity: 'error',
    message:
      'The gateway {gateway} of {node} is its own address. Use the address of a router or the director.',
  },
  gatewayUnknown: {
    severity: 'warning',
    message:
      'The gateway {gateway} of {node} is the address of no drawn node, so its replies cannot be followed. Draw the router it belongs to.',
  },
  gatewayDoesNotForward: {
    severity: 'warning',
    message: 'The gateway {gateway} of {node} belongs to {other}, which is neither a router nor a director.',
  },

  unknownDirector: {
    severity: 'error',
    message: 'VIP {vip} is held by a node that does not exist. Choose a director.',
  },
  vipHolderNotDirector: {
    severity: 'error',
    message: 'VIP {vip} is held by {node}, which is not a director. Choose a director, or make {node} one.',
  },
  directorWithoutInterface: {
    severity: 'error',
    message: '{node} has no interface on which it could hold VIP {vip}. Draw its interfaces.',
  },
  duplicateVip: {
    severity: 'error',
    message: 'VIP {vip} is there twice. Services can share one VIP: remove the second.',
  },
  secondDirector: {
    severity: 'error',
    message:
      'VIP {vip} is held by {node} and by {other}. One director is active for a VIP: choose one of them.',
  },
  vipIsRealServer: {
    severity: 'error',
    message:
      'VIP {vip} is also the address of {node}. A VIP must not be the address of a real server: choose another.',
  },
  vipIsOtherNode: {
    severity: 'error',
    message: 'VIP {vip} is also the address of {node}. Choose a free address, or one of the director itself.',
  },
  vipNotUsable: {
    severity: 'error',
    message: '{vip} cannot be a VIP: it is a loopback, network, broadcast, multicast or reserved address.',
  },
  vipOffEveryNetwork: {
    severity: 'warning',
    message:
      'VIP {vip} is in no drawn network. Clients reach it only if their routers have a route to {node}.',
  },

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
  methodNotAvailable: {
    severity: 'error',
    message: 'Forwarding by {method} is not available yet ({destination} in {service}). Use NAT.',
  },
  portDiffersUnderDirectRouting: {
    severity: 'error',
    message:
      '{destination} has another port than {service}. Forwarding by {method} cannot translate ports: use port {port}, or NAT.',
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

  ipv6NotAvailable: {
    severity: 'error',
    message: 'IPv6 is not available yet: {address} ({name}). Use an IPv4 address.',
  },
} as const satisfies Record<string, ProblemRule>;

/** Names of the rules, for screens that say them in their own language. */
export type TopologyProblemCode = keyof typeof rules;

/** A problem of a topology. Its path is of ids: ['services', 'web', 'destinations', 'rs1', 'port']. */
export type TopologyProblem = Problem & { readonly code: TopologyProblemCode };

export const topologyProblem = problemMaker(rules);
