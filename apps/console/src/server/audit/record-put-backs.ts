import type { EventStore } from '@signalbox/db';
import type { NodeRef } from '../console.ts';

/** Writes down what agents put back by themselves: somebody or something works on these hosts besides us. */
export const recordPutBacks =
  (events: EventStore) =>
  ({ clusterId, nodeId }: NodeRef, sentences: readonly string[]): void => {
    const written = sentences.map((message) =>
      events.add({ kind: 'putBack', clusterId, nodeId, by: null, message }),
    );
    Promise.all(written).catch((error: unknown) => {
      console.error(`What ${nodeId} put back could not be written down:`, error);
    });
  };
