import type { Problem } from '@signalbox/cluster';
import * as z from 'zod';

/**
 * Why an agent refuses what it was asked; each is something the caller can act on.
 * - `digestDiffers`: the host changed since the preview: look again.
 * - `epochTooLow`: a newer rollout was accepted here: whoever asks is out of date.
 * - `rolloutUnknown`: no such rollout is accepted here.
 * - `phaseOutOfOrder`: an earlier phase of this rollout is not done on this host.
 * - `busy`: another rollout runs, or too many wait: ask again later.
 * - `certificateUnfit`: what was signed is not for the request this host made.
 * - `problems`: the host cannot take it; the problems say why.
 */
export const RefusalKind = z.enum([
  'digestDiffers',
  'epochTooLow',
  'rolloutUnknown',
  'phaseOutOfOrder',
  'busy',
  'certificateUnfit',
  'problems',
]);
export type RefusalKind = z.infer<typeof RefusalKind>;

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
