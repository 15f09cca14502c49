/** One thing wrong with what the operator drew, or with what a host has: shown beside the field it names. */
export interface Problem {
  /** Stable name of the rule, e.g. `gatewayOffLink`. Each room exports its own union of codes. */
  readonly code: string;
  /** `error` refuses the apply; `warning` is said out loud and does not. */
  readonly severity: 'error' | 'warning';
  /** Where: the path into the topology, e.g. ['nodes', 'node3', 'gateway'] (ids, not indexes). */
  readonly path: readonly string[];
  /** Names and values the screen puts into the sentence of its language. */
  readonly values: Readonly<Record<string, string>>;
  /** The sentence in English, complete: names the object and the rule and says what to do. */
  readonly message: string;
}
