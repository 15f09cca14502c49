'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { NodeView } from '../../api/contract.ts';

/** The newest look at a host, also while it does not answer: then it is shown as what it is, the last one known. */
export function useLastView(clusterId: string, nodeId: string, view: NodeView | null): NodeView | null {
  const queries = useQueryClient();
  const key = ['last look', clusterId, nodeId];
  useEffect(() => {
    if (view) queries.setQueryData<NodeView>(['last look', clusterId, nodeId], view);
  }, [queries, clusterId, nodeId, view]);
  return view ?? queries.getQueryData<NodeView>(key) ?? null;
}
