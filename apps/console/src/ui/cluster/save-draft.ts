'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Topology } from '@signalbox/cluster';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import type { Answers } from '../../trpc/answers.ts';
import { useTRPC } from '../../trpc/client.ts';
import { type Draft, type DraftAction, isUnsaved } from '../editor/draft.ts';
import { useSaid } from '../kit/said.ts';

export type SaveConflict = Extract<Answers['clusters']['save'], { kind: 'conflict' }>;

/** What the operator chose in the conflict dialog. */
export type Settlement =
  | { readonly kind: 'theirs' }
  | { readonly kind: 'merged'; readonly topology: Topology }
  | { readonly kind: 'cancel' };

/** Saves the draft; the loser of two saves is asked what to do, and nothing is lost meanwhile. */
export function useSaveDraft(clusterId: string, draft: Draft, act: (action: DraftAction) => void) {
  const t = useTranslations('editor');
  const said = useSaid();
  const queries = useQueryClient();
  const trpc = useTRPC();
  const mutation = useMutation(trpc.clusters.save.mutationOptions());
  const [conflict, setConflict] = useState<SaveConflict | null>(null);
  const settled = useRef<(saved: boolean) => void>(() => undefined);

  const remember = (view: Answers['clusters']['get']) =>
    queries.setQueryData(trpc.clusters.get.queryKey({ clusterId }), view);

  const send = async (revision: number, topology: Topology): Promise<boolean> => {
    try {
      const result = await mutation.mutateAsync({ clusterId, revision, topology });
      if (result.kind === 'saved') {
        remember(result.cluster);
        act({ kind: 'saved', sent: topology, saved: result.cluster });
        return true;
      }
      setConflict(result);
      return await new Promise((resolve) => {
        settled.current = resolve;
      });
    } catch (error) {
      toast.error(t('saveFailed', { message: said(error) }));
      return false;
    }
  };

  const settle = async (settlement: Settlement) => {
    if (conflict === null) return;
    const { current } = conflict;
    const answer = settled.current;
    setConflict(null);
    if (settlement.kind === 'cancel') return answer(false);
    remember(current);
    if (settlement.kind === 'theirs') {
      act({ kind: 'open', saved: current });
      return answer(true);
    }
    act({ kind: 'rebase', onto: current, topology: settlement.topology });
    answer(await send(current.revision, settlement.topology));
  };

  return {
    save: () => (isUnsaved(draft) ? send(draft.base.revision, draft.topology) : Promise.resolve(true)),
    saving: mutation.isPending,
    conflict,
    settle: (settlement: Settlement) => void settle(settlement),
  };
}
