'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { useSaid } from '../kit/said.ts';
import { ChangeList } from './change-list.tsx';
import { useCluster } from './cluster-context.ts';

/** The draft back to what is applied: shows what is dropped, then asks the console. */
export function DiscardDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const said = useSaid();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { view, changes, act } = useCluster();
  const discard = useMutation(
    trpc.clusters.discard.mutationOptions({
      onSuccess: (result) => {
        const current = result.kind === 'saved' ? result.cluster : result.current;
        queries.setQueryData(trpc.clusters.get.queryKey({ clusterId: view.id }), current);
        act({ kind: 'open', saved: current });
        if (result.kind === 'conflict') toast.error(t('editor.conflictTitle', { by: result.by }));
        onClose();
      },
      onError: (error) => toast.error(t('editor.saveFailed', { message: said(error) })),
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('editor.backToApplied')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            look="danger"
            disabled={discard.isPending}
            onClick={() => discard.mutate({ clusterId: view.id, revision: view.revision })}
          >
            {t('editor.backToApplied')}
          </Button>
        </>
      }
    >
      <p className="mb-2">
        {t('editor.backToAppliedText', {
          revision: String(view.applied?.revision ?? 0),
          count: changes.length,
        })}
      </p>
      <ChangeList changes={changes} />
    </Dialog>
  );
}
