'use client';
import { useQuery } from '@tanstack/react-query';
import { diffTopology, problemsOf, type Topology } from '@signalbox/cluster';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useReducer } from 'react';
import type { ClusterView } from '../../api/contract.ts';
import type { Answers } from '../../trpc/answers.ts';
import { useTRPC } from '../../trpc/client.ts';
import { isUnsaved, openDraft, reduceDraft } from '../editor/draft.ts';
import { useMayEdit } from '../shell/operator.tsx';
import { type Cluster, ClusterContext } from './cluster-context.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { useLive } from './live-provider.tsx';
import { useSaveDraft } from './save-draft.ts';
import { useLeaveWarning } from './leave-warning.ts';

/** Holds the draft for all pages of a cluster, so that walking between them loses nothing. */
export function ClusterProvider({
  initial,
  children,
}: {
  initial: Answers['clusters']['get'];
  children: ReactNode;
}) {
  const trpc = useTRPC();
  const { data: view } = useQuery(
    trpc.clusters.get.queryOptions({ clusterId: initial.id }, { initialData: initial }),
  );
  const [draft, act] = useReducer(reduceDraft, initial, openDraft);
  const { rolloutId, switchId } = useUnderWay(view);
  const mayEdit = useMayEdit();
  const unsavedChanges = useMemo(
    () => (isUnsaved(draft) ? diffTopology(draft.base.topology, draft.topology) : []),
    [draft],
  );
  const unsaved = unsavedChanges.length;
  const { save, saving, conflict, settle } = useSaveDraft(view.id, draft, act);
  useLeaveWarning(unsaved > 0);

  // Somebody else saved: with nothing of our own to lose, we show theirs.
  useEffect(() => {
    if (view.revision > draft.base.revision && unsaved === 0 && !saving) act({ kind: 'open', saved: view });
  }, [view, draft.base.revision, unsaved, saving]);

  // Rules and differences of a large drawing take some milliseconds: typing goes first.
  const topology = useDeferredValue(draft.topology);
  const problems = useMemo(() => problemsOf(topology), [topology]);
  const applied = view.applied?.topology ?? null;
  const changes = useMemo(() => drawnChanges(applied, topology), [applied, topology]);

  const cluster: Cluster = {
    view,
    draft,
    topology: draft.topology,
    problems,
    changes,
    unsaved,
    rolloutId,
    switchId,
    overtakenBy: view.revision > draft.base.revision ? view.revision : null,
    mayEdit,
    edit: (edit) => act({ kind: 'edit', edit }),
    act,
    save,
    saving,
  };
  return (
    <ClusterContext.Provider value={cluster}>
      {children}
      {conflict === null ? null : <ConflictDialog conflict={conflict} draft={draft} onSettled={settle} />}
    </ClusterContext.Provider>
  );
}

/** Where things stand on the board is saved with the draft, and nothing that is applied. */
function drawnChanges(applied: Topology | null, drawn: Topology) {
  const from = applied ?? { name: drawn.name, networks: [], nodes: [], vips: [], services: [] };
  return diffTopology(from, drawn).filter(({ field }) => field !== 'position');
}

/** The stream knows first that a rollout or a switch began or ended. */
function useUnderWay(view: ClusterView): Pick<ClusterView, 'rolloutId' | 'switchId'> {
  const { cluster } = useLive();
  return cluster ?? view;
}
