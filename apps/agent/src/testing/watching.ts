import type { AgentEvent } from '@signalbox/agent-api';
import type { Client } from './test-agent.ts';

export interface Watching {
  readonly events: AgentEvent[];
  stop(): void;
  /** Resolves when the agent ended the stream. */
  readonly ended: Promise<void>;
}

/** Follows an agent's stream and keeps what came. */
export function watching(client: Client): Watching {
  const events: AgentEvent[] = [];
  const ended = Promise.withResolvers<void>();
  const subscription = client.watch.subscribe(undefined, {
    onData: (event) => events.push(event),
    onComplete: ended.resolve,
    onError: () => ended.resolve(),
  });
  return { events, stop: () => subscription.unsubscribe(), ended: ended.promise };
}
