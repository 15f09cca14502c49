'use client';
import { useMutation } from '@tanstack/react-query';
import { LoaderCircle, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import type { Review } from '../../api/contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { ChangeList } from '../cluster/change-list.tsx';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { Button, buttonLook } from '../kit/button.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problems } from '../kit/problems.tsx';
import { useSaid } from '../kit/said.ts';
import { Card } from '../nodes/card.tsx';
import { HostReviewCard } from './host-review-card.tsx';
import { IdleHosts } from './idle-hosts.tsx';
import { isIdle, offered, readiness } from './readiness.ts';

/** What an apply would do on every host, asked of the hosts now; and the apply. */
export function ReviewPage() {
  const t = useTranslations('review');
  const said = useSaid();
  const router = useRouter();
  const trpc = useTRPC();
  const { view, rolloutId, mayEdit, changes } = useCluster();
  const isSettled = useIsSettled();
  const clusterId = view.id;
  const review = useMutation(trpc.clusters.review.mutationOptions());
  const start = useMutation(
    trpc.rollouts.start.mutationOptions({
      onSuccess: ({ rolloutId }) => router.push(`/clusters/${clusterId}/changes/${rolloutId}`),
    }),
  );
  const { mutate: ask } = review;
  useEffect(() => {
    if (mayEdit) ask({ clusterId });
  }, [ask, clusterId, mayEdit]);

  const answer = review.data;
  const ready = readiness(answer ?? null);
  const offer = offered(ready, isSettled);
  const outdated = answer !== undefined && answer.revision !== view.revision;
  const starting = start.isPending || start.isSuccess;
  const cannot = ready.blocked || outdated || review.isPending || starting || rolloutId !== null;
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[920px] flex-col gap-3.5 px-5 pt-3.5 pb-10">
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">{t('title')}</h1>
          {answer ? <Summary review={answer} /> : null}
          {mayEdit ? (
            <div className="ml-auto flex gap-2">
              <Button disabled={review.isPending} onClick={() => ask({ clusterId })}>
                <RefreshCw className="size-3.5" aria-hidden />
                {t('again')}
              </Button>
              {offer === null || answer === undefined ? null : (
                <Button
                  look="primary"
                  disabled={cannot}
                  onClick={() =>
                    start.mutate({ clusterId, revision: answer.revision, digests: ready.digests })
                  }
                >
                  {starting
                    ? t('applying')
                    : offer === 'record'
                      ? t('record')
                      : ready.operations === 0
                        ? t('apply')
                        : t('applyCount', { count: ready.operations })}
                </Button>
              )}
            </div>
          ) : null}
        </div>
        {mayEdit ? null : <Notice title={t('viewer')} />}
        <div role="alert" className="contents">
          {review.error ? <Notice tone="bad" title={t('failed', { message: said(review.error) })} /> : null}
          {start.error ? <Notice tone="bad" title={t('refused', { message: said(start.error) })} /> : null}
        </div>
        <Hints outdated={outdated} onAsk={() => ask({ clusterId })} />
        {changes.length === 0 ? null : (
          <Card title={t('drawn')}>
            <ChangeList changes={changes} />
          </Card>
        )}
        {review.isPending ? (
          <p role="status" className="flex items-center gap-2 py-6 text-ink-2">
            <LoaderCircle className="size-4 animate-spin" aria-hidden />
            {t('asking')}
          </p>
        ) : null}
        {answer ? <Answer review={answer} /> : null}
      </div>
    </main>
  );
}

/** Nothing drawn differs from what was applied last: there is no revision to record. */
function useIsSettled(): boolean {
  const { changes, unsaved } = useCluster();
  return changes.length === 0 && unsaved === 0;
}

function Summary({ review }: { review: Review }) {
  const t = useTranslations('review');
  const { operations, hosts, byHand } = readiness(review);
  return (
    <span className="text-ink-2">
      {operations > 0 ? t('summary', { operations, hosts }) : null}
      {operations > 0 && byHand > 0 ? ' · ' : null}
      {byHand > 0 ? t('byHand', { count: byHand }) : null}
    </span>
  );
}

/** What stands beside the answer itself: edits not saved, a newer draft, a rollout under way. */
function Hints({ outdated, onAsk }: { outdated: boolean; onAsk: () => void }) {
  const t = useTranslations('review');
  const { view, unsaved, rolloutId, save, saving } = useCluster();
  return (
    <>
      {rolloutId === null ? null : (
        <Notice
          title={t('running')}
          actions={
            <Link href={`/clusters/${view.id}/changes/${rolloutId}`} className={buttonLook({})}>
              {t('watch')}
            </Link>
          }
        >
          {t('runningText')}
        </Notice>
      )}
      {unsaved === 0 ? null : (
        <Notice
          tone="warn"
          title={t('unsavedTitle')}
          actions={
            <Button
              disabled={saving}
              onClick={() => void save().then((saved) => (saved ? onAsk() : undefined))}
            >
              {t('saveAndReview')}
            </Button>
          }
        >
          {t('unsavedText', { revision: String(view.revision) })}
        </Notice>
      )}
      {outdated ? (
        <Notice tone="warn" title={t('changed')} actions={<Button onClick={onAsk}>{t('again')}</Button>} />
      ) : null}
    </>
  );
}

function Answer({ review }: { review: Review }) {
  const t = useTranslations('review');
  const cluster = useCluster();
  const settled = useIsSettled();
  const empty = settled && cluster.view.applied === null;
  const { broken, blocked, operations, byHand } = readiness(review);
  const name = (id: string) => nodeName(cluster.topology, cluster.view, id);
  // What needs eyes first: what cannot be asked, then what is done; the rest is one line.
  const busy = review.hosts.filter((host) => !isIdle(host));
  const hosts = busy.toSorted((x, y) => Number(y.kind === 'unreachable') - Number(x.kind === 'unreachable'));
  const idle = review.hosts.filter(isIdle);
  return (
    <>
      {broken ? (
        <Notice
          tone="bad"
          title={t('brokenTitle')}
          actions={
            <Link href={`/clusters/${cluster.view.id}`} className={buttonLook({})}>
              {t('toBoard')}
            </Link>
          }
        >
          {t('brokenText')}
        </Notice>
      ) : null}
      {review.problems.length === 0 ? null : (
        <Card title={broken ? t('brokenTitle') : t('warnings')}>
          <Problems problems={review.problems} />
        </Card>
      )}
      {!broken && !blocked && operations === 0 && byHand === 0 ? (
        <Notice
          tone={empty ? 'plain' : 'ok'}
          title={t(empty ? 'nothingDrawn' : settled ? 'settled' : 'nothing')}
        >
          {t(empty ? 'nothingDrawnText' : settled ? 'settledText' : 'nothingText')}
        </Notice>
      ) : null}
      {hosts.map((host) => (
        <HostReviewCard key={host.nodeId} host={host} name={name(host.nodeId)} />
      ))}
      <IdleHosts names={idle.map(({ nodeId }) => name(nodeId))} word={t('nothingHere')} />
    </>
  );
}
