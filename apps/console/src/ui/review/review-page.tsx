'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import Link from 'next/link';
import { useCallback, useEffect } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import type { Review } from '../../api/contract.ts';
import { sentenceOf, useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { Button } from '../kit/button.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problems } from '../kit/problems.tsx';
import { HostReviewCard } from './host-review.tsx';
import { canApply, digestsOf, operationCount } from './judge-review.ts';

/** What applying the saved draft would do, host by host; and the button that does exactly that. */
export function ReviewPage() {
  const t = useTranslations('review');
  const trpc = useTRPC();
  const { view, unsaved, save } = useCluster();
  const { mutate, data: review, error, isPending } = useMutation(trpc.clusters.review.mutationOptions());
  const ask = useCallback(() => mutate({ clusterId: view.id }), [mutate, view.id]);
  useEffect(ask, [ask]);
  const saveAndAsk = async () => {
    if (await save()) ask();
  };
  return (
    <main id="content" className="mx-auto flex w-full max-w-5xl flex-1 flex-col gap-4 overflow-y-auto p-6">
      <header className="flex items-center gap-3">
        <h1 className="text-lg font-semibold">{t('title')}</h1>
        <Button className="ml-auto" disabled={isPending} onClick={ask}>
          {t('again')}
        </Button>
        {review ? <ApplyButton review={review} disabled={isPending || unsaved > 0} /> : null}
      </header>
      <div role="status" className="flex flex-col gap-3">
        {isPending ? <p className="text-ink-3">{t('asking')}</p> : null}
        {error ? <Notice tone="bad" title={t('failed', { message: sentenceOf(error) })} /> : null}
        {unsaved > 0 ? (
          <Notice
            tone="warn"
            title={t('unsavedTitle')}
            actions={<Button onClick={() => void saveAndAsk()}>{t('saveAndReview')}</Button>}
          >
            {t('unsavedText', { revision: String(view.revision) })}
          </Notice>
        ) : null}
        <RunningNotice />
      </div>
      {review ? <Reviewed review={review} /> : null}
    </main>
  );
}

function RunningNotice() {
  const t = useTranslations('review');
  const { view, rolloutId } = useCluster();
  if (rolloutId === null) return null;
  const href = `/clusters/${view.id}/changes/${rolloutId}`;
  return (
    <Notice
      title={t('running')}
      actions={
        <Link className="underline" href={href}>
          {t('watch')}
        </Link>
      }
    >
      {t('runningText')}
    </Notice>
  );
}

function Reviewed({ review }: { review: Review }) {
  const t = useTranslations('review');
  const { topology } = useCluster();
  const broken = review.problems.filter(({ severity }) => severity === 'error');
  const warnings = review.problems.filter(({ severity }) => severity === 'warning');
  const busy = review.hosts.filter((host) => host.kind !== 'ready' || host.operations.length > 0);
  return (
    <>
      {broken.length > 0 ? (
        <Notice tone="bad" title={t('brokenTitle')}>
          <p className="mb-1">{t('brokenText')}</p>
          <Problems problems={broken} />
        </Notice>
      ) : null}
      {warnings.length > 0 ? (
        <Notice tone="warn" title={t('warnings')}>
          <Problems problems={warnings} />
        </Notice>
      ) : null}
      {broken.length === 0 && busy.length === 0 ? (
        <Notice tone="ok" title={t('nothing')}>
          {t('nothingText')}
        </Notice>
      ) : null}
      {review.hosts.map((host) => (
        <HostReviewCard
          key={host.nodeId}
          host={host}
          name={topology.nodes.find(({ id }) => id === host.nodeId)?.name ?? host.nodeId}
        />
      ))}
    </>
  );
}

function ApplyButton({ review, disabled }: { review: Review; disabled: boolean }) {
  const t = useTranslations('review');
  const router = useRouter();
  const trpc = useTRPC();
  const { view, mayEdit, rolloutId } = useCluster();
  const start = useMutation(
    trpc.rollouts.start.mutationOptions({
      onSuccess: (started) => router.push(`/clusters/${view.id}/changes/${started.rolloutId}`),
      onError: (error) => void toast.error(t('refused', { message: sentenceOf(error) })),
    }),
  );
  if (!mayEdit) return <p className="text-ink-3">{t('viewer')}</p>;
  const count = operationCount(review);
  const apply = () =>
    start.mutate({ clusterId: review.clusterId, revision: review.revision, digests: digestsOf(review) });
  return (
    <Button
      look="primary"
      disabled={disabled || start.isPending || rolloutId !== null || !canApply(review)}
      onClick={apply}
    >
      {start.isPending ? t('applying') : count === 0 ? t('record') : t('applyCount', { count })}
    </Button>
  );
}
