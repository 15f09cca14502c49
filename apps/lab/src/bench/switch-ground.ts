import type { ScenarioName } from '../wire/control-messages.ts';

export type Way = 'masq' | 'gate';

/**
 * Brings the cluster to a method, and comes back when new connections go that way. Answers when that was ordered, in
 * milliseconds of the epoch.
 */
export type ThrowTo = (to: Way) => Promise<number>;

/** One of the tutorial's topologies, with what a script has to know of it. */
export interface Ground {
  readonly scenario: Exclude<ScenarioName, null>;
  readonly director: string;
  readonly vip: string;
  /** The director's interface towards clients, and towards real servers. */
  readonly outer: string;
  readonly inner: string;
}

/** The scenarios' real servers, and the address of the router or director that is their gateway. */
export const realServers = [
  { node: 'node3', rip: '192.168.137.131' },
  { node: 'node4', rip: '192.168.137.130' },
] as const;
export const gateway = '192.168.137.129';
export const oneArmDirector = '192.168.137.132';
