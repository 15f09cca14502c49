import type { Operation } from './operation.ts';

/** The operation that undoes this one. A plan is undone by the inverses of its operations in reverse order. */
export function inverse(operation: Operation): Operation {
  switch (operation.kind) {
    case 'addService':
      return { ...operation, kind: 'deleteService' };
    case 'deleteService':
      return { ...operation, kind: 'addService' };
    case 'addDestination':
      return { ...operation, kind: 'deleteDestination' };
    case 'deleteDestination':
      return { ...operation, kind: 'addDestination' };
    case 'editService':
      return { ...operation, from: operation.to, to: operation.from };
    case 'editDestination':
      return { ...operation, from: operation.to, to: operation.from };
    case 'setSysctl':
      return { ...operation, from: operation.to, to: operation.from };
    case 'addAddress':
      return { ...operation, kind: 'deleteAddress' };
    case 'deleteAddress':
      return { ...operation, kind: 'addAddress' };
    case 'addRoute':
      return { ...operation, kind: 'deleteRoute' };
    case 'deleteRoute':
      return { ...operation, kind: 'addRoute' };
    case 'addRule':
      return { ...operation, kind: 'deleteRule' };
    case 'deleteRule':
      return { ...operation, kind: 'addRule' };
    case 'addMark':
      return { ...operation, kind: 'deleteMark' };
    case 'deleteMark':
      return { ...operation, kind: 'addMark' };
  }
}
