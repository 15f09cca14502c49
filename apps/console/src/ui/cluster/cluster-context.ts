'use client';
import type { Problem, Topology, TopologyChange } from '@signalbox/cluster';
import { createContext, useContext } from 'react';
import type { ClusterView } from '../../api/contract.ts';
import type { Draft, DraftAction } from '../editor/draft.ts';
import type { Edit } from '../editor/edit.ts';

/** One cluster as this tab has it: what the console saved, and what is drawn here on top of it. */
export interface Cluster {
  readonly view: ClusterView;
  readonly draft: Draft;
  /** The draft's drawing: what all screens show. */
  readonly topology: Topology;
  readonly problems: readonly Problem[];
  /** Draft against what is applied, positions on the board left out. */
  readonly changes: readonly TopologyChange[];
  /** Edits that are not saved yet. 0: nothing to save. */
  readonly unsaved: number;
  /** A rollout that is running now. */
  readonly rolloutId: string | null;
  /** A switch between NAT and DR that is not at its end. */
  readonly switchId: string | null;
  /** Another revision than the draft's base was saved by somebody else. */
  readonly overtakenBy: number | null;
  readonly mayEdit: boolean;
  readonly edit: (edit: Edit) => void;
  readonly act: (action: DraftAction) => void;
  /** Resolves to whether the draft is saved now; a conflict asks the operator first. */
  readonly save: () => Promise<boolean>;
  readonly saving: boolean;
}

export const ClusterContext = createContext<Cluster | null>(null);

export function useCluster(): Cluster {
  const cluster = useContext(ClusterContext);
  if (!cluster) throw new Error('useCluster belongs inside ClusterProvider');
  return cluster;
}
