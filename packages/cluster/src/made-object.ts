import type { Operation } from './operation.ts';
import { touchedObject } from './touched-object.ts';

const makes = {
  addService: true,
  addDestination: true,
  addAddress: true,
  addRoute: true,
  addRule: true,
  addMark: true,
  editService: false,
  deleteService: false,
  editDestination: false,
  deleteDestination: false,
  deleteAddress: false,
  deleteRoute: false,
  deleteRule: false,
  deleteMark: false,
  setSysctl: false,
} as const satisfies Record<Operation['kind'], boolean>;

/** The `objectKey` of what the operation makes; null when it makes nothing. */
export const keyOfMade = (operation: Operation): string | null =>
  makes[operation.kind] ? touchedObject(operation) : null;
