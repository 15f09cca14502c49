// Hosts with their ledgers, doing plans as agents do: for laws about whole rollouts.
import { applyOperation } from '../apply-operation.ts';
import { describe } from '../describe.ts';
import { emptyHostState, type HostState, type HostSysctl } from '../host-state.ts';
import { emptyLedger, type Ledger } from '../ledger.ts';
import { recordIntent, settle } from '../ledger-steps.ts';
import { type Operation, Phase } from '../operation.ts';
import { planHost } from '../plan-host.ts';
import type { Topology } from '../topology.ts';

export interface Agent {
  readonly id: string;
  readonly state: HostState;
  readonly ledger: Ledger;
}

export type Agents = ReadonlyMap<string, Agent>;

interface Turn {
  readonly agents: Agents;
  /** Why the next operation is whose: all orders are tried that a barrier between phases allows. */
  readonly operation: Operation | null;
}

/**
 * Every state on the way to what all should have, the last being there. Inside a phase hosts take turns as `picks` say;
 * whoever stops reading has stopped the rollout there.
 */
export function* rollout(
  from: Agents,
  desiredOf: (id: string) => HostState,
  picks: readonly number[],
): Generator<Turn> {
  const agents = new Map(from);
  const plans = [...from.values()].map((agent) => {
    const ledger = settle(agent.ledger, agent.state);
    const { operations, problems } = planHost(desiredOf(agent.id), agent.state, ledger);
    const bad = problems.filter(({ severity }) => severity === 'error');
    if (bad.length > 0) throw new Error(`${agent.id}: ${bad.map(({ message }) => message).join(' ')}`);
    const intent = recordIntent(
      ledger,
      operations.map(({ operation }) => operation),
      'rollout',
    );
    agents.set(agent.id, { ...agent, ledger: intent });
    return { id: agent.id, operations };
  });
  let turn = 0;
  for (const phase of Phase.options) {
    const queues = plans.map(({ id, operations }) => ({
      id,
      open: operations.filter((one) => one.phase === phase).map(({ operation }) => operation),
    }));
    for (let busy = withWork(queues); busy.length > 0; busy = withWork(queues)) {
      const queue = busy[(picks[turn % picks.length] ?? 0) % busy.length];
      turn += 1;
      const operation = queue?.open.shift();
      const agent = queue && agents.get(queue.id);
      if (!agent || !operation) throw new Error('a queue without work');
      agents.set(agent.id, { ...agent, state: done(agent, operation) });
      yield { agents: new Map(agents), operation };
    }
  }
  for (const agent of agents.values())
    agents.set(agent.id, { ...agent, ledger: settle(agent.ledger, agent.state) });
  yield { agents: new Map(agents), operation: null };
}

const withWork = <T extends { readonly open: readonly Operation[] }>(queues: readonly T[]): T[] =>
  queues.filter(({ open }) => open.length > 0);

function done({ id, state }: Agent, operation: Operation): HostState {
  const applied = applyOperation(state, operation);
  if (applied.kind === 'failed') throw new Error(`${applied.errno} on ${id}: ${describe(operation)}`);
  return applied.state;
}

/** Hosts that have nothing of ours, with these sysctls in the order of the nodes. */
export const fresh = (topology: Topology, sysctls: readonly HostSysctl[][]): Agents =>
  new Map(
    topology.nodes.map(({ id }, number): [string, Agent] => [
      id,
      {
        id,
        state: { ...emptyHostState, sysctls: sysctls[number] ?? [] },
        ledger: emptyLedger('boot'),
      },
    ]),
  );

/** All the way, without a look at the states between. */
export function arrived(agents: Agents, desiredOf: (id: string) => HostState): Agents {
  const last = [...rollout(agents, desiredOf, [0])].at(-1);
  return last?.agents ?? agents;
}
