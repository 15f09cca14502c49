import { type Applied, failed, ok } from './applied.ts';
import { applyToServices } from './apply-to-services.ts';
import type { HostAddress, HostMark, HostRoute, HostRule, HostState } from './host-state.ts';
import { objectKey } from './object-key.ts';
import type { Operation } from './operation.ts';
import { sameNextHop } from './same-configuration.ts';
import { movedSysctl } from './sysctls.ts';

/**
 * The pure model of a host: what one operation does to it, as strict as the kernel and with its errnos. `from` of an
 * edit is not looked at, because the kernel does not see it either. A host state has no links and no connected routes,
 * so ENODEV and ENETUNREACH are not modelled.
 */
export function applyOperation(state: HostState, operation: Operation): Applied<HostState> {
  const { addresses, routes, rules, marks } = state;
  switch (operation.kind) {
    case 'addService':
    case 'editService':
    case 'deleteService':
    case 'addDestination':
    case 'editDestination':
    case 'deleteDestination':
      return put(applyToServices(state.services, operation), (services) => ({ ...state, services }));
    case 'addAddress': {
      const after = added(addresses, isAddress(operation.address), operation.address);
      return put(after, (addresses) => ({ ...state, addresses }));
    }
    case 'deleteAddress': {
      const after = removed(addresses, isAddress(operation.address), 'EADDRNOTAVAIL');
      return put(after, (addresses) => ({ ...state, addresses }));
    }
    case 'addRoute': {
      const after = added(routes, isRoute(operation.route), operation.route);
      return put(after, (routes) => ({ ...state, routes }));
    }
    case 'deleteRoute': {
      const { route } = operation;
      const is = (other: HostRoute) => isRoute(route)(other) && sameNextHop(route, other);
      return put(removed(routes, is, 'ESRCH'), (routes) => ({ ...state, routes }));
    }
    case 'addRule': {
      const after = added(rules, isRule(operation.rule), operation.rule);
      return put(after, (rules) => ({ ...state, rules }));
    }
    case 'deleteRule':
      return put(removed(rules, isRule(operation.rule), 'ENOENT'), (rules) => ({ ...state, rules }));
    case 'addMark': {
      const after = added(marks, isMark(operation.mark), operation.mark);
      return put(after, (marks) => ({ ...state, marks }));
    }
    case 'deleteMark':
      return put(removed(marks, isMark(operation.mark), 'ENOENT'), (marks) => ({ ...state, marks }));
    case 'setSysctl':
      return setSysctl(state, operation.name, operation.to);
  }
}

const put = <T>(applied: Applied<T>, into: (value: T) => HostState): Applied<HostState> =>
  applied.kind === 'failed' ? applied : ok(into(applied.state));

const added = <T>(list: readonly T[], is: (item: T) => boolean, item: T): Applied<T[]> =>
  list.some(is) ? failed('EEXIST') : ok([...list, item]);

const removed = <T>(list: readonly T[], is: (item: T) => boolean, errno: string): Applied<T[]> =>
  list.some(is) ? ok(list.filter((item) => !is(item))) : failed(errno);

const addressKey = (address: HostAddress) => objectKey({ kind: 'address', address });
const routeKey = (route: HostRoute) => objectKey({ kind: 'route', route });
const ruleKey = (rule: HostRule) => objectKey({ kind: 'rule', rule });
const markKey = (mark: HostMark) => objectKey({ kind: 'mark', mark });

const isAddress = (address: HostAddress) => (other: HostAddress) => addressKey(other) === addressKey(address);
const isRoute = (route: HostRoute) => (other: HostRoute) => routeKey(other) === routeKey(route);
const isRule = (rule: HostRule) => (other: HostRule) => ruleKey(other) === ruleKey(rule);
const isMark = (mark: HostMark) => (other: HostMark) => markKey(other) === markKey(mark);

/** A sysctl that was not read does not exist here. A change may move a second one, as forwarding does. */
function setSysctl(state: HostState, name: string, to: string): Applied<HostState> {
  const before = state.sysctls.find((sysctl) => sysctl.name === name);
  if (before === undefined) return failed('ENOENT');
  const moved = before.value === to ? null : movedSysctl(name, to);
  const sysctls = state.sysctls.map((sysctl) => {
    if (sysctl.name === name) return { name, value: to };
    return sysctl.name === moved?.name ? moved : sysctl;
  });
  return ok({ ...state, sysctls });
}
