import type { ServiceState, SignalName } from '../wire/guest-messages.ts';
import type { RunningService } from './service-runner.ts';

/** A service that can be started again after it was stopped. */
export interface RestartableService {
  ready(): Promise<void>;
  state(): ServiceState;
  signal(signal: SignalName): void;
  stop(): Promise<void>;
  /** Settles when it is ready. */
  start(): Promise<void>;
}

export function restartable(run: () => RunningService): RestartableService {
  let current = run();
  return {
    ready: () => current.ready,
    state: () => current.state(),
    signal: (signal) => current.signal(signal),
    stop: () => current.stop(),
    async start() {
      await current.stop();
      current = run();
      await current.ready;
    },
  };
}
