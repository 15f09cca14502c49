import type { Problem } from '@signalbox/cluster';

/** Why an agent refuses what it was asked; each is something the caller can act on. */
export type RefusalKind =
  /** The host changed since the preview: look again. */
  | 'digestDiffers'
  /** A newer rollout was accepted here: whoever asks is out of date. */
  | 'epochTooLow'
  /** No such rollout is accepted here. */
  | 'rolloutUnknown'
  /** An earlier phase of this rollout is not done on this host. */
  | 'phaseOutOfOrder'
  /** Another rollout runs, or too many wait: ask again later. */
  | 'busy'
  /** The host cannot take it: `problems` say why. */
  | 'problems';

/** A refusal the caller can act on. The router turns `kind` into a tRPC code, once. */
export class AgentRefusal extends Error {
  readonly kind: RefusalKind;
  readonly problems: readonly Problem[];
  constructor(kind: RefusalKind, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = 'AgentRefusal';
    this.kind = kind;
    this.problems = problems;
  }
}
