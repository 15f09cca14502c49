// Rules for what is drawn: networks, nodes, gateways, VIPs.
import type { ProblemRule } from './problem-rules.ts';

export const drawingRules = {
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
  ipv6NotAvailable: {
    severity: 'error',
    message: 'IPv6 is not available yet: {address} ({name}). Use an IPv4 address.',
  },
} as const satisfies Record<string, ProblemRule>;
