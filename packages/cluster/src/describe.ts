import { formatCidr } from './cidr.ts';
import type { HostAddress, HostMark, HostRoute, HostRule } from './host-state.ts';
import {
  destinationArguments,
  destinationSelector,
  serviceArguments,
  serviceSelector,
} from './ipvsadm-arguments.ts';
import { protocolName, tableName } from './kernel-names.ts';
import type { Operation } from './operation.ts';
import { mainTable } from './our-numbers.ts';

/** The chain of our own in the mangle table that holds every mark rule. */
export const markChain = 'SIGNALBOX';

/**
 * The line an operator would have typed to do the same, numeric but for what ip(8) has names for, for display: never given
 * to a shell by us.
 */
export function describe(operation: Operation): string {
  return commandWords(operation).map(shellWord).join(' ');
}

function commandWords(operation: Operation): string[] {
  switch (operation.kind) {
    case 'addService':
      return ['ipvsadm', '-A', ...serviceArguments(operation.service)];
    case 'editService':
      return ['ipvsadm', '-E', ...serviceArguments(operation.to)];
    case 'deleteService':
      return ['ipvsadm', '-D', ...serviceSelector(operation.service.key)];
    case 'addDestination':
      return ['ipvsadm', '-a', ...destinationArguments(operation.service, operation.destination)];
    case 'editDestination':
      return ['ipvsadm', '-e', ...destinationArguments(operation.service, operation.to)];
    case 'deleteDestination':
      return ['ipvsadm', '-d', ...destinationSelector(operation.service, operation.destination)];
    case 'addAddress':
      return ['ip', 'addr', 'add', ...addressWords(operation.address), ...labelWords(operation.address)];
    case 'deleteAddress':
      return ['ip', 'addr', 'del', ...addressWords(operation.address)];
    case 'addRoute':
      return routeCommand('add', operation.route);
    case 'deleteRoute':
      return routeCommand('del', operation.route);
    case 'addRule':
      return ruleCommand('add', operation.rule);
    case 'deleteRule':
      return ruleCommand('del', operation.rule);
    case 'setSysctl':
      return ['sysctl', '-w', `${operation.name}=${operation.to}`];
    case 'addMark':
      return markCommand('-A', operation.mark);
    case 'deleteMark':
      return markCommand('-D', operation.mark);
  }
}

const addressWords = (address: HostAddress) => [formatCidr(address.cidr), 'dev', address.interface];
const labelWords = ({ label }: HostAddress) => (label === null ? [] : ['label', label]);

function routeCommand(verb: 'add' | 'del', route: HostRoute): string[] {
  const { type, destination, via, interface: device, onlink, metric, table, protocol } = route;
  return [
    ...(destination.address.family === 'ipv6' ? ['ip', '-6'] : ['ip']),
    'route',
    verb,
    ...(type === 'unicast' ? [] : [type]),
    destination.prefix === 0 ? 'default' : formatCidr(destination),
    ...(via === null ? [] : ['via', via.text]),
    ...(device === null ? [] : ['dev', device]),
    ...(onlink ? ['onlink'] : []),
    ...(metric === 0 ? [] : ['metric', String(metric)]),
    ...(table === mainTable ? [] : ['table', tableName(table)]),
    'proto',
    protocolName(protocol),
  ];
}

function ruleCommand(verb: 'add' | 'del', rule: HostRule): string[] {
  const { priority, from, to, ipProtocol, sourcePort, mark, table, protocol } = rule;
  const family = (from ?? to)?.address.family;
  return [
    ...(family === 'ipv6' ? ['ip', '-6'] : ['ip']),
    'rule',
    verb,
    'priority',
    String(priority),
    ...(from === null ? [] : ['from', formatCidr(from)]),
    ...(to === null ? [] : ['to', formatCidr(to)]),
    ...(ipProtocol === null ? [] : ['ipproto', ipProtocol]),
    ...(sourcePort === null ? [] : ['sport', String(sourcePort)]),
    ...(mark === null ? [] : ['fwmark', String(mark)]),
    'lookup',
    tableName(table),
    'protocol',
    protocolName(protocol),
  ];
}

function markCommand(
  verb: '-A' | '-D',
  { protocol, from, sourcePorts, address, ports, mark }: HostMark,
): string[] {
  const program = address.family === 'ipv6' ? 'ip6tables' : 'iptables';
  const source = from === null ? [] : ['-s', formatCidr(from)];
  const sports = sourcePorts === null ? [] : ['--sport', `${sourcePorts.first}:${sourcePorts.last}`];
  const dports = ports.length === 1 ? ['--dport'] : ['-m', 'multiport', '--dports'];
  const rule = ['-t', 'mangle', verb, markChain, '-p', protocol, ...source, '-d', address.text];
  return [program, ...rule, ...sports, ...dports, ports.join(','), '-j', 'MARK', '--set-mark', String(mark)];
}

/** Quoted when a shell would read more into it: a kernel takes interface names like `a;b`. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
