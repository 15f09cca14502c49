// A host for tests: cluster's pure model of a kernel behind the real agent interface, as strict as a real agent about
// digests, epochs and the order of phases.
import { FakeProofs } from './fake-proofs.ts';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AcceptInput,
  type Agent,
  type AgentEvent,
  type AgentInfo,
  AgentRefusal,
  type OperationResult,
  type PhaseResult,
  planDigest,
  type Preview,
} from '@signalbox/agent-api';
import {
  applyOperation,
  describe,
  emptyHostState,
  type HostState,
  type Operation,
  type Phase,
  type PlannedOperation,
  plan,
} from '@signalbox/cluster';

export class FakeHost implements Agent {
  readonly nodeId: string;
  state: HostState = emptyHostState;
  epoch = 0;
  /** Answers why this operation fails here; null lets it through. */
  fails: (operation: Operation) => { errno: string; message: string } | null = () => null;
  /** Called as soon as a plan was shown: whatever changes here makes that plan out of date. */
  afterPreview: () => void = () => undefined;
  /** Awaited before each phase: lets a test stop the world in the middle. */
  beforePhase: (phase: Phase) => Promise<void> = () => Promise.resolve();
  readonly executed: Phase[] = [];
  readonly confirmed: string[] = [];
  /** What was asked with each accept: seconds until it goes back by itself. */
  readonly revertsAfter: (number | null)[] = [];
  /** Whether it was to keep what it accepted, with each accept. */
  readonly keeps: boolean[] = [];
  /** What this host answers when it is asked for facts and proofs. */
  readonly proofs: FakeProofs = new FakeProofs();
  #accepted: { input: AcceptInput; planned: PlannedOperation[] } | null = null;
  readonly #results = new Map<Phase, PhaseResult>();
  #sequence = 0;

  constructor(nodeId: string) {
    this.nodeId = nodeId;
  }

  async info(): Promise<AgentInfo> {
    const accepted = this.#accepted;
    const done = [...this.#results.keys()];
    return {
      nodeId: this.nodeId,
      version: '0.0.0-test',
      bootId: 'boot',
      startedAt: '2030-01-01T00:00:00.000Z',
      epoch: this.epoch,
      rollout: accepted && {
        rollout: accepted.input.rollout,
        step: accepted.input.step,
        done,
        revertAt: null,
        state: done.length === 3 ? 'done' : done.length > 0 ? 'running' : 'accepted',
      },
    };
  }

  async support() {
    return {
      kernelRelease: '6.12.0-test',
      ipvs: { kind: 'builtIn' as const, version: '1.2.1' },
      schedulers: [],
      conntrack: false,
      connectionTableSize: 4096,
    };
  }

  async observe() {
    return { at: '2030-01-01T00:00:00.000Z', owned: this.state, unmanaged: emptyHostState };
  }

  async preview(desired: HostState): Promise<Preview> {
    const shown = this.#look(desired);
    this.afterPreview();
    return shown;
  }

  #look(desired: HostState): Preview {
    this.#readSysctls(desired);
    const planned = plan(desired, this.state);
    return {
      at: '2030-01-01T00:00:00.000Z',
      digest: planDigest(planned),
      operations: planned.map((one) => ({ ...one, command: describe(one.operation) })),
      problems: [],
      epoch: this.epoch,
    };
  }

  async accept(input: AcceptInput): Promise<AgentInfo> {
    if (input.rollout === this.#accepted?.input.rollout) return this.info();
    if (input.epoch < this.epoch) throw new AgentRefusal('epochTooLow', 'A newer rollout was accepted here.');
    const { digest } = this.#look(input.desired);
    if (digest !== input.digest)
      throw new AgentRefusal('digestDiffers', 'The host changed since it was reviewed.');
    this.revertsAfter.push(input.revert?.afterSeconds ?? null);
    this.keeps.push(input.keep ?? false);
    this.epoch = input.epoch;
    this.#accepted = { input, planned: plan(input.desired, this.state) };
    this.#results.clear();
    return this.info();
  }

  async execute({ rollout, phase }: { rollout: string; phase: Phase }): Promise<PhaseResult> {
    if (this.#accepted?.input.rollout !== rollout)
      throw new AgentRefusal('rolloutUnknown', 'No such rollout was accepted here.');
    const stored = this.#results.get(phase);
    if (stored) return stored;
    await this.beforePhase(phase);
    this.executed.push(phase);
    const results = this.#run(this.#accepted.planned.filter((one) => one.phase === phase));
    const state = results.every((result) => result.outcome.kind === 'done') ? 'done' : 'failed';
    const result: PhaseResult = { rollout, phase, state, results };
    this.#results.set(phase, result);
    return result;
  }

  async confirm({ rollout }: { rollout: string }): Promise<AgentInfo> {
    if (this.#accepted?.input.rollout !== rollout)
      throw new AgentRefusal('rolloutUnknown', 'No such rollout was accepted here.');
    this.confirmed.push(rollout);
    return this.info();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<AgentEvent, void, undefined> {
    for (let kind: 'reading' | 'changes' = 'reading'; !signal.aborted; kind = 'changes') {
      const at = new Date().toISOString();
      yield { kind, reading: { at, sequence: this.#sequence++, services: [], links: [] } };
      await delay(50, undefined, { signal }).catch(() => undefined);
    }
  }

  /** A real host has a value for every sysctl there is: here 0 until somebody asks for more. */
  #readSysctls({ sysctls }: HostState): void {
    const unread = sysctls.filter(({ name }) => !this.state.sysctls.some((read) => read.name === name));
    const read = unread.map(({ name }) => ({ name, value: '0' }));
    this.state = { ...this.state, sysctls: [...this.state.sysctls, ...read] };
  }

  #run(planned: readonly PlannedOperation[]): OperationResult[] {
    let failed = false;
    return planned.map(({ operation }) => {
      const command = describe(operation);
      if (failed) return { operation, command, outcome: { kind: 'notRun' } };
      const failure = this.fails(operation);
      const applied = failure ? null : applyOperation(this.state, operation);
      if (applied?.kind === 'ok') {
        this.state = applied.state;
        return { operation, command, outcome: { kind: 'done' } };
      }
      failed = true;
      const outcome = failure ?? {
        errno: applied?.kind === 'failed' ? applied.errno : 'EIO',
        message: 'refused',
      };
      return { operation, command, outcome: { kind: 'failed', ...outcome } };
    });
  }
}
