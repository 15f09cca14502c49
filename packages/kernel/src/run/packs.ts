import type { Operation } from '@signalbox/cluster';
import { transportOf } from './step.ts';

/**
 * The operations in packs of one transport, in order. The kernel goes on inside a pack after one that it refuses, so a
 * pack never takes something away after it gave something: what takes away can rely on everything in the packs before.
 */
export function* packsOf(operations: readonly Operation[], limit: number): Generator<Operation[]> {
  let pack: Operation[] = [];
  let gives = false;
  for (const operation of operations) {
    const takes = takesAway(operation);
    const [first] = pack;
    const fits = first !== undefined && transportOf(first) === transportOf(operation) && pack.length < limit;
    if (first !== undefined && !(fits && !(takes && gives))) {
      yield pack;
      pack = [];
      gives = false;
    }
    pack.push(operation);
    gives ||= !takes;
  }
  if (pack.length > 0) yield pack;
}

/** Whether something that served may serve no more: deleted, or a destination that gets no new connections. */
function takesAway(operation: Operation): boolean {
  if (operation.kind === 'editDestination') return operation.to.weight === 0 && operation.from.weight > 0;
  return operation.kind.startsWith('delete');
}
