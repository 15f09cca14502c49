import type { Operation } from '@signalbox/cluster';
import * as ipvs from '../ipvs/messages.ts';
import type { MarkChange } from '../marks/marks.ts';
import type { Message } from '../netlink/message.ts';
import { addAddress, deleteAddress } from '../route/addresses.ts';
import type { LinkNames } from '../route/links.ts';
import { addRoute, deleteRoute } from '../route/routes.ts';
import { addRule, deleteRule } from '../route/rules.ts';

/** By which way an operation reaches the kernel. */
export type Transport = 'ipvs' | 'route' | 'sysctl' | 'mark';

/** An operation as it goes to the kernel. */
export type Step =
  | { readonly transport: 'ipvs'; readonly message: ipvs.IpvsMessage }
  | { readonly transport: 'route'; readonly message: Message }
  | { readonly transport: 'sysctl'; readonly name: string; readonly value: string }
  | { readonly transport: 'mark'; readonly change: MarkChange };

const transports = {
  addService: 'ipvs',
  editService: 'ipvs',
  deleteService: 'ipvs',
  addDestination: 'ipvs',
  editDestination: 'ipvs',
  deleteDestination: 'ipvs',
  addAddress: 'route',
  deleteAddress: 'route',
  addRoute: 'route',
  deleteRoute: 'route',
  addRule: 'route',
  deleteRule: 'route',
  setSysctl: 'sysctl',
  addMark: 'mark',
  deleteMark: 'mark',
} as const satisfies Record<Operation['kind'], Transport>;

export const transportOf = ({ kind }: Operation): Transport => transports[kind];

/** Whether the operation names an interface, so that `stepOf` needs the host's. */
export const namesInterface = ({ kind }: Operation): boolean => /Address$|Route$/.test(kind);

/** The operation as a message or a write. */
export function stepOf(operation: Operation, links: LinkNames): Step {
  switch (operation.kind) {
    case 'addService':
      return { transport: 'ipvs', message: ipvs.newService(operation.service) };
    case 'editService':
      return { transport: 'ipvs', message: ipvs.setService(operation.to) };
    case 'deleteService':
      return { transport: 'ipvs', message: ipvs.deleteService(operation.service.key) };
    case 'addDestination':
      return { transport: 'ipvs', message: ipvs.newDestination(operation.service, operation.destination) };
    case 'editDestination':
      return { transport: 'ipvs', message: ipvs.setDestination(operation.service, operation.to) };
    case 'deleteDestination':
      return { transport: 'ipvs', message: ipvs.deleteDestination(operation.service, operation.destination) };
    case 'addAddress':
      return { transport: 'route', message: addAddress(operation.address, links) };
    case 'deleteAddress':
      return { transport: 'route', message: deleteAddress(operation.address, links) };
    case 'addRoute':
      return { transport: 'route', message: addRoute(operation.route, links) };
    case 'deleteRoute':
      return { transport: 'route', message: deleteRoute(operation.route, links) };
    case 'addRule':
      return { transport: 'route', message: addRule(operation.rule) };
    case 'deleteRule':
      return { transport: 'route', message: deleteRule(operation.rule) };
    case 'setSysctl':
      return { transport: 'sysctl', name: operation.name, value: operation.to };
    case 'addMark':
    case 'deleteMark':
      return { transport: 'mark', change: operation };
  }
}
