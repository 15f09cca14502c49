// What a console orders, in one call. The rollout of epoch 2 is `r2`.
import type { Agent, AgentInfo, DescribedOperation, PhaseResult } from '@signalbox/agent-api';
import type { Phase } from '@signalbox/cluster';
import { natState } from './host-states.ts';
import type { Client } from './test-agent.ts';

export const PHASES: readonly Phase[] = ['prepare', 'switch', 'retire'];

type Orders = Pick<Agent, 'preview' | 'accept' | 'execute'>;

export const overTheWire = (client: Client): Orders => ({
  preview: (desired) => client.preview.mutate(desired),
  accept: (input) => client.accept.mutate(input),
  execute: (input) => client.execute.mutate(input),
});

interface Ordered {
  readonly planned: readonly DescribedOperation[];
  readonly info: AgentInfo;
}

export async function accept(agent: Orders, desired = natState, epoch = 1): Promise<Ordered> {
  const { digest, operations } = await agent.preview(desired);
  const info = await agent.accept({ rollout: `r${epoch}`, epoch, step: 0, desired, digest });
  return { planned: operations, info };
}

/** Applies it whole. @throws with what failed. */
export async function apply(agent: Orders, desired = natState, epoch = 1): Promise<PhaseResult[]> {
  await accept(agent, desired, epoch);
  const results: PhaseResult[] = [];
  for (const phase of PHASES) {
    const result = await agent.execute({ rollout: `r${epoch}`, phase });
    if (result.state === 'failed') throw new Error(failureText(result));
    results.push(result);
  }
  return results;
}

function failureText({ phase, results }: PhaseResult): string {
  const lines = results.map(({ command, outcome }) =>
    outcome.kind === 'failed'
      ? `${command}: ${outcome.errno} ${outcome.message}`
      : `${command}: ${outcome.kind}`,
  );
  return [`${phase} failed:`, ...lines].join('\n');
}
