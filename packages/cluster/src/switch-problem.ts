import type { HostFacts } from './host-facts.ts';
import type { Problem } from './problem.ts';
import { problemMaker } from './problem-rules.ts';
import { type SwitchRule, switchRules } from './switch-rules.ts';
import type { TopologyProblemCode } from './topology-problem.ts';
import type { Way } from './ways.ts';

/** Names of the rules that a switch adds to those of the drawing. */
export type SwitchProblemCode = keyof typeof switchRules;

/**
 * What stands in the way of a switch. Its path begins with the service (['services', 'web', 'destinations', 'rs1']) when
 * the switch can go on without that service, and with the node (['nodes', 'director']) when it is the host's own.
 */
export interface SwitchProblem extends Problem {
  readonly code: SwitchProblemCode | TopologyProblemCode;
  /** The line to type on the host that puts it right, where one does. */
  readonly fix: string | null;
}

/** What was found on each node. Null: no agent, or none that answers. */
export type FactsByNode = ReadonlyMap<string, HostFacts | null>;

/** A problem before its line to type is looked up. */
export type FoundProblem = Omit<SwitchProblem, 'fix'>;

export const switchProblem = problemMaker(switchRules);

/** The problem with the line to type that its rule names. */
export function withFix(found: FoundProblem): SwitchProblem {
  const rule: SwitchRule | undefined = isOfSwitch(found.code) ? switchRules[found.code] : undefined;
  const fix = rule?.fix?.replaceAll(/\{(\w+)\}/g, (_, name: string) => found.values[name] ?? '');
  return { ...found, fix: fix ?? null };
}

const isOfSwitch = (code: FoundProblem['code']): code is SwitchProblemCode =>
  Object.hasOwn(switchRules, code);

export const pathOfWay = ({ service, destination }: Way): string[] => [
  'services',
  service.id,
  'destinations',
  destination.id,
];
