import type { EventStore, NewEvent } from '@signalbox/db';
import type { Log } from '../log.ts';
import { requestOrigin } from './request-origin.ts';

/** The audit trail, written to the log as well: a line for each event, with who did it and from where. */
export const loggedEvents = (events: EventStore, log: Log): EventStore => ({
  ...events,
  add: async (event) => {
    log(lineOf(event, requestOrigin()));
    await events.add(event);
  },
});

/** What goes on after the answer, like the end of a rollout, is nobody's: it has no `by`, and no origin. */
function lineOf({ kind, by, clusterId, nodeId, message }: NewEvent, from: string | null): string {
  const facts = [
    by === null ? null : `by ${by}`,
    by === null || from === null ? null : `from ${from}`,
    clusterId === undefined ? null : `cluster ${clusterId}`,
    nodeId === undefined ? null : `node ${nodeId}`,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? `${kind}: ${message}` : `${kind} (${facts.join(', ')}): ${message}`;
}
