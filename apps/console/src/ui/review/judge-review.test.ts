import { expect, test } from 'vitest';
import type { HostReview, Review } from '../../api/contract.ts';
import { canApply, digestsOf, operationCount } from './judge-review.ts';

const ready: HostReview = { kind: 'ready', nodeId: 'node2', digest: 'd2', operations: [], problems: [] };
const review = (...hosts: HostReview[]): Review => ({ clusterId: 'nat', revision: 3, problems: [], hosts });
const lost = (blocking: boolean): HostReview => ({
  kind: 'unreachable',
  nodeId: 'node4',
  message: 'did not answer',
  blocking,
});

test('a lost host stands in the way only when something would change on it', () => {
  expect(canApply(review(ready, lost(false)))).toBe(true);
  expect(canApply(review(ready, lost(true)))).toBe(false);
});

test('an error of a host or of the drawing refuses the apply, a warning does not', () => {
  const problem = (severity: 'error' | 'warning') => ({
    code: 'x',
    severity,
    path: [],
    values: {},
    message: 'x',
  });
  expect(canApply(review({ ...ready, problems: [problem('error')] }))).toBe(false);
  expect(canApply(review({ ...ready, problems: [problem('warning')] }))).toBe(true);
  expect(canApply({ ...review(ready), problems: [problem('error')] })).toBe(false);
});

test('only hosts that answered are counted and echoed', () => {
  expect(digestsOf(review(ready, lost(false)))).toEqual({ node2: 'd2' });
  expect(operationCount(review(ready, lost(false)))).toBe(0);
});
