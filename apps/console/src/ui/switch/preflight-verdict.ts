// What a preflight adds up to: what would switch, what stands in the way. Pure.
import type { SwitchedService, SwitchPreflight } from '../../api/switch-contract.ts';
import { hasErrors, warningsAmong } from '../editor/problems-at.ts';

export type Standing =
  /** Confirm is all that is missing. */
  | 'ready'
  /** Refused services have to be left out, or what is wrong with the cluster or a host solved. */
  | 'blocked'
  /** All go that way already. */
  | 'nothing';

export interface PreflightVerdict {
  readonly standing: Standing;
  readonly willSwitch: readonly SwitchedService[];
  readonly alreadyThere: readonly SwitchedService[];
  readonly refused: readonly SwitchedService[];
  /** Ids to start with: those that will switch. */
  readonly order: readonly string[];
  /** What is worth knowing and stops nothing. */
  readonly warnings: number;
}

export function verdictOf({ services, problems, steps }: SwitchPreflight): PreflightVerdict {
  const of = (verdict: SwitchedService['verdict']) => services.filter((one) => one.verdict === verdict);
  const willSwitch = of('willSwitch');
  const refused = of('refused');
  const hosts = steps.flatMap((step) => step.hosts);
  const blocked =
    refused.length > 0 ||
    hasErrors(problems) ||
    hosts.some(
      (host) =>
        (host.kind === 'unreachable' && host.blocking) || (host.kind === 'ready' && hasErrors(host.problems)),
    );
  return {
    standing: blocked ? 'blocked' : willSwitch.length === 0 ? 'nothing' : 'ready',
    willSwitch,
    alreadyThere: of('alreadyThere'),
    refused,
    order: willSwitch.map(({ serviceId }) => serviceId),
    warnings: warningsAmong([...problems, ...services.flatMap((service) => service.problems)]),
  };
}
