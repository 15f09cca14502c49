'use client';
import type { Node } from '@signalbox/cluster';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useHost } from '../cluster/live-provider.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { useSaid } from '../kit/said.ts';
import { useOperator } from '../shell/operator.tsx';

/** Takes a node's certificate off the trust list: an administrator's act, asked for twice. */
export function RevokeButton({ node }: { node: Node }) {
  const t = useTranslations();
  const said = useSaid();
  const trpc = useTRPC();
  const { view } = useCluster();
  const { role } = useOperator();
  const host = useHost(node.id);
  const [asking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.nodes.revoke.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        toast.success(t('nodes.revoked', { name: node.name }));
      },
      onError: (error) => toast.error(said(error)),
    }),
  );
  const joined = host?.agent.kind === 'answers' || host?.agent.kind === 'unreachable';
  if (role !== 'admin' || !joined) return null;
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('nodes.revoke')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('nodes.revokeTitle', { name: node.name })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button
              look="danger"
              disabled={revoke.isPending}
              onClick={() => revoke.mutate({ clusterId: view.id, nodeId: node.id })}
            >
              {t('nodes.revoke')}
            </Button>
          </>
        }
      >
        {t('nodes.revokeText')}
      </Dialog>
    </>
  );
}
