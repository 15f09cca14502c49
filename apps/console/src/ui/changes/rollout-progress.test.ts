import { expect, test } from 'vitest';
import type { RolloutHost } from '../../api/contract.ts';
import { busyPhases, phaseProgress, rolloutProgress } from './rollout-progress.ts';

type PhaseOfHost = RolloutHost['phases'][number];
type Outcome = PhaseOfHost['results'][number]['outcome'];

const result = (outcome: Outcome): PhaseOfHost['results'][number] => ({
  operation: { kind: 'setSysctl', name: 'net.ipv4.ip_forward', from: '0', to: '1' },
  command: 'sysctl -w net.ipv4.ip_forward=1',
  outcome,
});
const phase = (state: PhaseOfHost['state'], outcomes: Outcome[], done = 0): PhaseOfHost => ({
  phase: 'prepare',
  state,
  results: outcomes.map(result),
  done,
  of: outcomes.length,
});
const waiting: Outcome = { kind: 'waiting' };
const failed: Outcome = { kind: 'failed', errno: 'EEXIST', message: 'It exists.' };

test('a running phase is as far as its host says', () => {
  expect(phaseProgress(phase('running', [waiting, waiting, waiting], 2))).toEqual({ done: 2, of: 3 });
});

test('a failed phase counts what was done, not what was tried', () => {
  const outcomes: Outcome[] = [{ kind: 'done' }, failed, { kind: 'notRun' }];

  expect(phaseProgress(phase('failed', outcomes, 3))).toEqual({ done: 1, of: 3 });
});

test('a rollout is the sum of its hosts; phases with nothing to do are left out', () => {
  const host: RolloutHost = {
    nodeId: 'a',
    phases: [
      phase('done', [{ kind: 'done' }], 1),
      phase('waiting', [waiting, waiting]),
      phase('waiting', []),
    ],
  };

  expect(rolloutProgress({ hosts: [host, host] })).toEqual({ done: 2, of: 6 });
  expect(busyPhases(host)).toHaveLength(2);
});
