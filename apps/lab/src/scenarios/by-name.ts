import type { Setup } from '../wire/control-messages.ts';
import { drScenario } from './dr.ts';
import { natScenario } from './nat.ts';
import type { Scenario } from './scenario.ts';

/** The scenario a lab is asked for, or null for a bare kernel. */
export function scenarioFor({ scenario, realServers }: Setup): Scenario | null {
  switch (scenario) {
    case 'nat':
      return natScenario(realServers);
    case 'dr':
      return drScenario(realServers);
    case null:
      return null;
  }
}
