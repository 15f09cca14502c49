// What one operator is drawing in this tab, on top of a saved revision. Pure, with undo.
import type { Topology } from '@signalbox/cluster';
import { diffTopology } from '@signalbox/cluster';
import { applyEdit } from './apply-edit.ts';
import type { Edit } from './edit.ts';

export interface Draft {
  /** What was loaded or saved last. */
  readonly base: { readonly revision: number; readonly topology: Topology };
  readonly topology: Topology;
  readonly past: readonly Topology[];
  readonly future: readonly Topology[];
  /** Of the last edit: the next of the same target is one step of undo with it (typing a name). */
  readonly target: string | null;
}

export type DraftAction =
  | { readonly kind: 'edit'; readonly edit: Edit }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  /** A revision was loaded: our edits go. */
  | { readonly kind: 'open'; readonly saved: Draft['base'] }
  /** Our save succeeded. What was edited while it was under way stays an edit. */
  | { readonly kind: 'saved'; readonly sent: Topology; readonly saved: Draft['base'] }
  /** Mine, merged on top of theirs. */
  | { readonly kind: 'rebase'; readonly onto: Draft['base']; readonly topology: Topology };

const UNDO_STEPS = 100;

export const openDraft = (base: Draft['base']): Draft => ({
  base,
  topology: base.topology,
  past: [],
  future: [],
  target: null,
});

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.kind) {
    case 'edit':
      return edited(draft, action.edit);
    case 'undo':
      return undone(draft);
    case 'redo':
      return redone(draft);
    case 'open':
      return openDraft(action.saved);
    case 'saved':
      return {
        ...draft,
        base: action.saved,
        topology: draft.topology === action.sent ? action.saved.topology : draft.topology,
      };
    case 'rebase':
      return {
        base: action.onto,
        topology: action.topology,
        past: [...draft.past, draft.topology].slice(-UNDO_STEPS),
        future: [],
        target: null,
      };
  }
}

/** Whether there is something to save. Order in lists is nothing. */
export const isUnsaved = ({ base, topology }: Draft): boolean =>
  topology !== base.topology && diffTopology(base.topology, topology).length > 0;

function edited(draft: Draft, edit: Edit): Draft {
  const target = targetOf(edit);
  const joins = target !== null && target === draft.target;
  return {
    ...draft,
    topology: applyEdit(draft.topology, edit),
    past: joins ? draft.past : [...draft.past, draft.topology].slice(-UNDO_STEPS),
    future: [],
    target,
  };
}

function undone(draft: Draft): Draft {
  const topology = draft.past.at(-1);
  if (topology === undefined) return draft;
  return {
    ...draft,
    topology,
    past: draft.past.slice(0, -1),
    future: [draft.topology, ...draft.future],
    target: null,
  };
}

function redone(draft: Draft): Draft {
  const [topology, ...future] = draft.future;
  if (topology === undefined) return draft;
  return { ...draft, topology, past: [...draft.past, draft.topology], future, target: null };
}

/** Edits of one field share a target; what adds or removes has none. */
function targetOf(edit: Edit): string | null {
  switch (edit.kind) {
    case 'renameCluster':
      return edit.kind;
    case 'changeNetwork':
      return [edit.kind, edit.networkId, ...Object.keys(edit.change)].join(' ');
    case 'changeNode':
      return [edit.kind, edit.nodeId, ...Object.keys(edit.change)].join(' ');
    case 'changeInterface':
      return [edit.kind, edit.nodeId, edit.interfaceId, ...Object.keys(edit.change)].join(' ');
    case 'changeVip':
      return [edit.kind, edit.vipId, ...Object.keys(edit.change)].join(' ');
    case 'changeService':
      return [edit.kind, edit.serviceId, ...Object.keys(edit.change)].join(' ');
    case 'changeDestination':
      return [edit.kind, edit.serviceId, edit.destinationId, ...Object.keys(edit.change)].join(' ');
    case 'addNetwork':
    case 'addNode':
    case 'moveNodes':
    case 'addInterface':
    case 'removeInterface':
    case 'addVip':
    case 'addService':
    case 'addDestination':
    case 'removeDestination':
    case 'remove':
      return null;
  }
}
