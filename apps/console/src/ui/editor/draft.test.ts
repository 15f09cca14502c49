import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { type Draft, type DraftAction, isUnsaved, openDraft, reduceDraft } from './draft.ts';

const topology = twoArms({});
const fresh = openDraft({ revision: 1, topology });
const run = (draft: Draft, ...actions: DraftAction[]) => actions.reduce(reduceDraft, draft);
const rename = (name: string): DraftAction => ({
  kind: 'edit',
  edit: { kind: 'changeNode', nodeId: 'rs1', change: { name } },
});
const weigh = (weight: number): DraftAction => ({
  kind: 'edit',
  edit: { kind: 'changeDestination', serviceId: 'web', destinationId: 'rs1', change: { weight } },
});
const nameOf = ({ topology: { nodes } }: Draft) => nodes.find(({ id }) => id === 'rs1')?.name;

test('typing a name is one step of undo', () => {
  const typed = run(fresh, rename('a'), rename('ab'), rename('abc'));

  expect(nameOf(typed)).toBe('abc');
  expect(nameOf(run(typed, { kind: 'undo' }))).toBe('rs1');
});

test('two fields are two steps; redo brings back what undo took', () => {
  const edited = run(fresh, rename('web-1'), weigh(6));
  const undone = run(edited, { kind: 'undo' });

  expect(nameOf(undone)).toBe('web-1');
  expect(run(undone, { kind: 'redo' }).topology).toEqual(edited.topology);
  expect(run(undone, rename('web-2'), { kind: 'redo' }).topology).not.toEqual(edited.topology);
});

test('undo with nothing done is nothing', () => {
  expect(run(fresh, { kind: 'undo' }, { kind: 'redo' })).toEqual(fresh);
});

test('an edit and its contrary leave nothing to save', () => {
  expect(isUnsaved(run(fresh, weigh(6)))).toBe(true);
  expect(isUnsaved(run(fresh, weigh(6), weigh(1)))).toBe(false);
});

test('what is edited while a save is under way stays an edit', () => {
  const sent = run(fresh, weigh(6));
  const meanwhile = run(sent, rename('web-1'));
  const saved = { revision: 2, topology: sent.topology };

  const quiet = run(sent, { kind: 'saved', sent: sent.topology, saved });
  const busy = run(meanwhile, { kind: 'saved', sent: sent.topology, saved });
  expect(isUnsaved(quiet)).toBe(false);
  expect(isUnsaved(busy)).toBe(true);
  expect(nameOf(busy)).toBe('web-1');
  expect(busy.base.revision).toBe(2);
});

test('a merge on top of theirs can be undone like any edit', () => {
  const mine = run(fresh, weigh(6));
  const onto = { revision: 5, topology: twoArms({}, 3) };
  const merged = run(mine, { kind: 'rebase', onto, topology: onto.topology });

  expect(merged.base.revision).toBe(5);
  expect(run(merged, { kind: 'undo' }).topology).toBe(mine.topology);
});
