import { isCanaryMark, isCanaryService } from './canary.ts';
import type { Operation } from './operation.ts';

/** Whether an operation is about canaries: their marks and services, or one of the sysctls that were set for them. */
export function isCanaryOperation(operation: Operation, sysctls: ReadonlySet<string>): boolean {
  switch (operation.kind) {
    case 'addService':
    case 'deleteService':
      return isCanaryService(operation.service.key);
    case 'editService':
      return isCanaryService(operation.to.key);
    case 'addDestination':
    case 'editDestination':
    case 'deleteDestination':
      return isCanaryService(operation.service);
    case 'addMark':
    case 'deleteMark':
      return isCanaryMark(operation.mark.mark);
    case 'setSysctl':
      return sysctls.has(operation.name);
    case 'addAddress':
    case 'deleteAddress':
    case 'addRoute':
    case 'deleteRoute':
    case 'addRule':
    case 'deleteRule':
      return false;
  }
}
