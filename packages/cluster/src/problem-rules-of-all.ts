// Every rule of every room by its code: what the screens need a sentence of, in each of their languages.
import { applyRules } from './apply-problems.ts';
import { drawingRules } from './drawing-rules.ts';
import { hostRules } from './host-problems.ts';
import type { ProblemRule } from './problem-rules.ts';
import { proofRules } from './proof-rules.ts';
import { serviceRules } from './service-rules.ts';
import { switchRules } from './switch-rules.ts';

export const problemRules = {
  ...drawingRules,
  ...applyRules,
  ...serviceRules,
  ...hostRules,
  ...switchRules,
  ...proofRules,
} as const satisfies Readonly<Record<string, ProblemRule>>;
