import { type AgentEvent, AgentRefusal, type ExecuteInput, type PhaseResult } from '@signalbox/agent-api';
import type { Phase } from '@signalbox/cluster';
import { type Acceptance, operationsOf, phaseMissingBefore, PHASES, resultOf } from './acceptance.ts';
import type { Host } from './host.ts';
import { marksLook } from './host-look.ts';
import { logResults } from './log-results.ts';
import { phaseResult } from './phase-result.ts';
import { finish } from './roll-forward.ts';
import { runOperations } from './run-operations.ts';

/**
 * Runs one phase of the accepted plan. A phase that has ended is not run again: its stored result is the answer.
 * @throws AgentRefusal when the rollout is not accepted here, or an earlier phase is not done.
 */
export async function executePhase(
  host: Host,
  input: ExecuteInput,
  publish: (event: AgentEvent) => void,
): Promise<PhaseResult> {
  const { memory } = host;
  const { rollout, phase } = input;
  const { current } = memory.accepted;
  if (current?.rollout !== rollout)
    throw new AgentRefusal('rolloutUnknown', `Rollout ${rollout} is not accepted on this host.`);
  // A phase was begun and its end was not stored, by a full disk say: what is there now is anybody's guess but the plan's.
  if (memory.progress.running) await finish(host, current);
  const stored = resultOf(memory.progress, phase);
  if (stored) return stored;
  const missing = phaseMissingBefore(current, memory.progress, phase);
  if (missing)
    throw new AgentRefusal('phaseOutOfOrder', `${missing} of rollout ${rollout} is not done on this host.`);
  return runPhase(host, { acceptance: current, phase, publish });
}

interface PhaseRun {
  readonly acceptance: Acceptance;
  readonly phase: Phase;
  readonly publish: (event: AgentEvent) => void;
}

async function runPhase(host: Host, { acceptance, phase, publish }: PhaseRun): Promise<PhaseResult> {
  const { memory } = host;
  const { rollout, desired, plan } = acceptance;
  const before = memory.progress;
  const operations = operationsOf(plan, phase);
  if (operations.length > 0) await memory.rememberProgress({ ...before, running: phase });
  const results = await runOperations({
    host,
    rollout,
    desired,
    operations,
    marks: marksLook(desired, memory),
    later: plan.filter((planned) => PHASES.indexOf(planned.phase) > PHASES.indexOf(phase)),
    onProgress: (done) => publish({ kind: 'progress', rollout, phase, done, of: operations.length }),
  });
  const result = phaseResult({ rollout, phase, results });
  await memory.rememberProgress({ ...before, running: null, results: [...before.results, result] });
  logResults(host.log, `Rollout ${rollout}, ${phase}`, results);
  return result;
}
