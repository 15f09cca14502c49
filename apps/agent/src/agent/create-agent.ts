// The agent of one host: looks, shows, accepts, does, reads back, remembers. Everything that plans or writes takes turns.
import type { Agent, AgentInfo, Observation } from '@signalbox/agent-api';
import { emptyHostState, ownedBy, settle, sysctlsToRead, withoutCanaries } from '@signalbox/cluster';
import { createKeeper } from '../keeping/keeper.ts';
import { createCanaries } from '../proof/canaries.ts';
import { createProofs } from '../proof/proofs.ts';
import { VERSION } from '../version.ts';
import { accept } from './accept.ts';
import { inForce, rolloutState } from './acceptance.ts';
import type { Host } from './host.ts';
import { createPhaseRunner } from './phase-runner.ts';
import { preview } from './preview.ts';
import { restore } from './restore.ts';
import { createRevert } from './revert.ts';
import { createSampler } from './sampler.ts';
import { createTurns } from './turns.ts';

export interface HostAgent extends Agent {
  /** Brings back what was accepted: to be called once, at the start. Ends when it is there or `signal` aborts. */
  restore(signal: AbortSignal): Promise<void>;
  /** Ends every watch, and resolves when what is being written to the kernel has ended. Undoes nothing. */
  close(): Promise<void>;
}

export interface AgentOptions {
  readonly host: Host;
  readonly nodeId: string;
  readonly sampleIntervalMs: number;
  /** Called at each order. */
  readonly hurry?: () => void;
}

export function createAgent({
  host,
  nodeId,
  sampleIntervalMs,
  hurry = () => undefined,
}: AgentOptions): HostAgent {
  const { kernel, memory, log } = host;
  const startedAt = new Date().toISOString();
  const turns = createTurns();
  const services = kernel.followServices();
  const sampler = createSampler({
    look: (whole) => services.look(whole),
    links: () => kernel.readLinks(),
    log,
    intervalMs: sampleIntervalMs,
  });
  const phases = createPhaseRunner(host, turns, sampler);
  const canaries = createCanaries(host, turns);
  const revert = createRevert(host, turns);
  const keeper = createKeeper({ host, turns, publish: sampler.publish, lookEveryMs: sampleIntervalMs });

  const info = async (): Promise<AgentInfo> => {
    const { epoch, current } = memory.accepted;
    const running = phases.running()?.rollout === current?.rollout;
    return {
      nodeId,
      version: VERSION,
      bootId: memory.ledger.bootId,
      startedAt,
      epoch,
      rollout: current && rolloutState(current, memory.progress, running),
    };
  };

  const proofs = createProofs(host, turns, canaries);

  return {
    proofs: {
      ...proofs,
      canaries: (input) => {
        hurry();
        return proofs.canaries(input);
      },
    },
    info,
    support: () => kernel.support(),
    observe: () => turns.take(() => observe(host)),
    preview: (desired) => turns.take(() => preview(host, desired)),
    accept: async (input) => {
      hurry();
      phases.refuseWhileRunning();
      await turns.take(() => accept(host, input));
      revert.watch();
      keeper.watch();
      return info();
    },
    confirm: async ({ rollout }) => {
      await turns.take(() => revert.confirm(rollout));
      return info();
    },
    execute: (input) => {
      hurry();
      return phases.execute(input);
    },
    watch: sampler.watch,
    restore: async (signal) => {
      await turns.take(() => canaries.clear());
      // What ran out while nobody was there is not brought back first.
      await revert.ifDue();
      revert.watch();
      const restoring = restore(host, turns, signal);
      keeper.watch();
      await restoring;
    },
    close: async () => {
      sampler.close();
      canaries.close();
      revert.close();
      await keeper.close();
      await turns.idle();
    },
  };
}

async function observe({ kernel, memory }: Host): Promise<Observation> {
  const desired = inForce(memory.accepted, memory.progress)?.desired ?? emptyHostState;
  const seen = await kernel.observe(sysctlsToRead(desired, memory.ledger));
  const { owned, unmanaged } = ownedBy(seen, settle(memory.ledger, seen));
  return { at: new Date().toISOString(), owned: withoutCanaries(owned), unmanaged };
}
