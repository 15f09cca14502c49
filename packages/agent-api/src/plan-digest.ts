import { createHash } from 'node:crypto';
import { canonicalOperations, type PlannedOperation } from '@signalbox/cluster';

/** SHA-256 (hex) of what would be done: equal for two looks at an unchanged host, whatever its counters say. */
export const planDigest = (operations: readonly PlannedOperation[]): string =>
  createHash('sha256').update(canonicalOperations(operations)).digest('hex');
