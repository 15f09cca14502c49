import type { GuestState, LogLine, Service, SignalName, Stage } from '../wire/guest-messages.ts';
import { enterNode } from './enter.ts';
import { type MachineNode, startNode } from './machine-node.ts';
import { plugIn, unplug } from './network.ts';
import { ipBatch } from '../processes/programs.ts';
import { type RunningService, runService } from '../processes/service-runner.ts';

/** The machines of one scenario, wired and running. */
export interface Staged {
  readonly pidOf: (node: string) => number;
  start(node: string, service: Service): Promise<void>;
  stop(node: string, service: string): Promise<void>;
  signal(request: { node: string; service: string; signal: SignalName }): void;
  nodes(): GuestState['nodes'];
  /** Every machine ends, and its cables are gone, when this returns. */
  clear(): Promise<void>;
}

interface Manned {
  readonly node: MachineNode;
  readonly services: Map<string, RunningService>;
}

/** Brings a stage up: machines, cables, addresses, programs. What was begun is taken down when it fails. */
export async function stageUp(stage: Stage, log: (line: LogLine) => void): Promise<Staged> {
  const started = await Promise.allSettled(stage.nodes.map(startNode));
  const manned = started.flatMap((result) =>
    result.status === 'fulfilled'
      ? [{ node: result.value, services: new Map<string, RunningService>() }]
      : [],
  );
  const staged = stagedOver(stage, manned, log);
  try {
    for (const result of started) if (result.status === 'rejected') throw result.reason;
    await ipBatch(
      plugIn(
        stage,
        manned.map((m) => m.node.pid),
      ),
    );
    await Promise.all(manned.map((m) => m.node.configure()));
    await Promise.all(
      stage.nodes.flatMap((node) => node.services.map((service) => staged.start(node.id, service))),
    );
  } catch (error) {
    await staged.clear();
    throw error;
  }
  return staged;
}

function stagedOver(stage: Stage, manned: readonly Manned[], log: (line: LogLine) => void): Staged {
  const find = (name: string) => {
    const found = manned.find(({ node }) => node.stage.id === name || node.stage.name === name);
    if (found === undefined)
      throw new Error(`no node ${name}; there are ${manned.map((m) => m.node.stage.id).join(', ')}`);
    return found;
  };
  const serviceOf = (node: string, service: string) => {
    const running = find(node).services.get(service);
    if (running === undefined) throw new Error(`${node} does not run ${service}`);
    return running;
  };
  return {
    pidOf: (name) => find(name).node.pid,
    async start(name, service) {
      const { node, services } = find(name);
      await services.get(service.name)?.stop();
      const running = runService(service, enterNode(node.pid, service.argv), (text) =>
        log({ node: node.stage.id, service: service.name, text }),
      );
      services.set(service.name, running);
      await running.ready;
    },
    stop: (node, service) => serviceOf(node, service).stop(),
    signal: ({ node, service, signal }) => serviceOf(node, service).signal(signal),
    nodes: () =>
      manned.map(({ node, services }) => ({
        id: node.stage.id,
        name: node.stage.name,
        services: [...services.values()].map((running) => running.state()),
      })),
    async clear() {
      for (const { services } of manned) for (const running of services.values()) running.retire();
      // Nodes go before their cables: peers must hear that connections have ended.
      await Promise.all(manned.map(({ node }) => node.kill()));
      await ipBatch(unplug(stage), { force: true });
    },
  };
}
