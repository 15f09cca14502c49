import { objectKey } from './object-key.ts';
import type { Operation } from './operation.ts';

/** The one thing an operation touches, as stable text. */
export function touchedObject(operation: Operation): string {
  switch (operation.kind) {
    case 'addService':
    case 'deleteService':
      return objectKey({ kind: 'service', key: operation.service.key });
    case 'editService':
      return objectKey({ kind: 'service', key: operation.to.key });
    case 'addDestination':
    case 'deleteDestination':
      return objectKey({ ...operation, kind: 'destination' });
    case 'editDestination':
      return objectKey({ kind: 'destination', service: operation.service, destination: operation.to });
    case 'addAddress':
    case 'deleteAddress':
      return objectKey({ kind: 'address', address: operation.address });
    case 'addRoute':
    case 'deleteRoute':
      return objectKey({ kind: 'route', route: operation.route });
    case 'addRule':
    case 'deleteRule':
      return objectKey({ kind: 'rule', rule: operation.rule });
    case 'addMark':
    case 'deleteMark':
      return objectKey({ kind: 'mark', mark: operation.mark });
    case 'setSysctl':
      return `sysctl ${operation.name}`;
  }
}
