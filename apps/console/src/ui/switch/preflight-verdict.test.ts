import { expect, test } from 'vitest';
import type { SwitchedService, SwitchPreflight } from '../../api/switch-contract.ts';
import { verdictOf } from './preflight-verdict.ts';

const problem = (severity: 'error' | 'warning') => ({
  code: 'strictReversePath' as const,
  severity,
  path: [],
  values: {},
  message: 'rp_filter=1 on rs1.',
  fix: null,
});
const service = (serviceId: string, verdict: SwitchedService['verdict']): SwitchedService => ({
  serviceId,
  name: serviceId,
  from: 'masq',
  verdict,
  problems: [],
});
const preflight = (parts: Partial<SwitchPreflight>): SwitchPreflight => ({
  clusterId: 'c',
  revision: 1,
  to: 'gate',
  services: [service('web', 'willSwitch'), service('api', 'alreadyThere')],
  problems: [],
  checks: { rules: 14, hosts: 4 },
  steps: [],
  ...parts,
});

test('what will switch is what is started', () => {
  expect(verdictOf(preflight({}))).toMatchObject({ standing: 'ready', order: ['web'] });
});

test('a refused service keeps all from switching until it is left out', () => {
  const refused = preflight({ services: [service('web', 'willSwitch'), service('dns', 'refused')] });

  expect(verdictOf(refused)).toMatchObject({ standing: 'blocked', order: ['web'] });
});

test('an error stands in the way, a warning is only said', () => {
  expect(verdictOf(preflight({ problems: [problem('error')] })).standing).toBe('blocked');
  expect(verdictOf(preflight({ problems: [problem('warning')] }))).toMatchObject({
    standing: 'ready',
    warnings: 1,
  });
});

test('a host that has to be asked and does not answer stands in the way', () => {
  const host = (blocking: boolean) =>
    preflight({
      steps: [
        { step: 'prepared', hosts: [{ kind: 'unreachable', nodeId: 'rs1', message: 'ETIMEDOUT', blocking }] },
      ],
    });

  expect(verdictOf(host(true)).standing).toBe('blocked');
  expect(verdictOf(host(false)).standing).toBe('ready');
});

test('when all go that way already there is nothing to do', () => {
  expect(verdictOf(preflight({ services: [service('api', 'alreadyThere')] })).standing).toBe('nothing');
});
