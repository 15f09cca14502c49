import type { DescribedOperation } from '@signalbox/agent-api';
import { expect, test } from 'vitest';
import type { HostReview, Review } from '../../api/contract.ts';
import { isIdle, offered, readiness } from './readiness.ts';

type Ready = Extract<HostReview, { kind: 'ready' }>;

const forwarding: DescribedOperation = {
  phase: 'prepare',
  operation: { kind: 'setSysctl', name: 'net.ipv4.ip_forward', from: '0', to: '1' },
  command: 'sysctl -w net.ipv4.ip_forward=1',
};
const problem = (severity: 'error' | 'warning') => ({
  code: 'x',
  severity,
  path: [],
  values: {},
  message: 'x',
});
const ready = (nodeId: string, parts: Partial<Ready> = {}): Ready => ({
  kind: 'ready',
  nodeId,
  digest: `digest of ${nodeId}`,
  operations: [forwarding],
  problems: [],
  ...parts,
});
const review = (hosts: HostReview[], problems: Review['problems'] = []): Review => ({
  clusterId: 'c',
  revision: 1,
  problems,
  hosts,
});

const gone = (blocking: boolean): HostReview => ({
  kind: 'unreachable',
  nodeId: 'b',
  message: '',
  blocking,
});

test('every host that answered is echoed with its digest, also where nothing is to be done', () => {
  const answer = readiness(review([ready('a'), ready('b', { operations: [] })]));

  expect(answer.digests).toEqual({ a: 'digest of a', b: 'digest of b' });
  expect(answer).toMatchObject({ operations: 1, hosts: 1, blocked: false });
});

test('errors block, warnings do not', () => {
  const refusing = ready('a', { problems: [problem('error')] });

  expect(readiness(review([], [problem('error')]))).toMatchObject({ broken: true, blocked: true });
  expect(readiness(review([ready('a')], [problem('warning')]))).toMatchObject({
    broken: false,
    blocked: false,
  });
  expect(readiness(review([refusing]))).toMatchObject({ broken: false, blocked: true });
});

test('a host that cannot be asked blocks only when something would change there', () => {
  expect(readiness(review([ready('a'), gone(true)])).blocked).toBe(true);
  expect(readiness(review([ready('a'), gone(false)])).blocked).toBe(false);
});

test('what is typed by hand is counted apart and needs no digest', () => {
  const hand: HostReview = { kind: 'noAgent', nodeId: 'r', operations: [forwarding, forwarding] };

  expect(readiness(review([hand]))).toMatchObject({ byHand: 2, operations: 0, digests: {} });
});

test('before an answer there is nothing', () => {
  expect(readiness(null)).toMatchObject({ operations: 0, blocked: false, digests: {} });
});

test('a host is idle when nothing is to be done there and nothing is wrong', () => {
  expect(isIdle(ready('a', { operations: [] }))).toBe(true);
  expect(isIdle(ready('a'))).toBe(false);
  expect(isIdle(ready('a', { operations: [], problems: [problem('warning')] }))).toBe(false);
  expect(isIdle({ kind: 'noAgent', nodeId: 'r', operations: [] })).toBe(true);
  expect(isIdle({ kind: 'unreachable', nodeId: 'b', message: '', blocking: false })).toBe(false);
});

const offer = (review: Review | null, isSettled = false) => offered(readiness(review), isSettled);

test('a drawing with errors is neither applied nor recorded, whatever changed in it', () => {
  expect(offer(review([], [problem('error')]))).toBeNull();
  expect(offer(review([], [problem('error')]), true)).toBeNull();
  expect(offer(review([ready('a')], [problem('warning')]))).toBe('apply');
});

test('a revision is recorded where every host has it already and the drawing changed', () => {
  const idle = ready('a', { operations: [] });

  expect(offer(review([idle]))).toBe('record');
  expect(offer(review([idle]), true)).toBeNull();
  expect(offer(review([idle, { kind: 'noAgent', nodeId: 'r', operations: [forwarding] }]), true)).toBe(
    'record',
  );
});

test('where a host refuses or does not answer, the apply is waited with, and nothing is recorded', () => {
  const refusing = ready('a', { problems: [problem('error')] });

  expect(offer(review([refusing]))).toBe('apply');
  expect(offer(review([{ ...refusing, operations: [] }]))).toBe('apply');
  expect(offer(review([gone(true)]))).toBe('apply');
  expect(offer(review([gone(true)]), true)).toBeNull();
});
