'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Answers } from '../../trpc/answers.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { DraftBar } from '../cluster/draft-bar.tsx';
import { StateLine } from '../cluster/state-line.tsx';
import { buttonLook } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { HeadCell, Table } from '../kit/table.tsx';
import { RolloutRow } from './rollout-row.tsx';

/** Rollouts, newest first, with how each ended. */
export function ChangesPage({ rollouts }: { rollouts: Answers['rollouts']['list'] }) {
  const t = useTranslations('changes');
  const trpc = useTRPC();
  const { view, mayEdit } = useCluster();
  const { data } = useQuery(
    trpc.rollouts.list.queryOptions({ clusterId: view.id }, { initialData: rollouts }),
  );
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col">
      <div className="px-5 pt-3.5 pb-3">
        <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">{t('title')}</h1>
        <StateLine />
      </div>
      <div className="min-h-0 flex-1 overflow-auto border-t border-line bg-panel">
        {data.length === 0 ? (
          <Empty
            title={t('emptyTitle')}
            actions={
              mayEdit ? (
                <Link href={`/clusters/${view.id}/review`} className={buttonLook({})}>
                  {t('review')}
                </Link>
              ) : null
            }
          >
            {t('emptyText')}
          </Empty>
        ) : (
          <Table aria-label={t('table')}>
            <thead className="sticky top-0 bg-panel">
              <tr>
                <HeadCell words>{t('revision')}</HeadCell>
                <HeadCell words>{t('what')}</HeadCell>
                <HeadCell words>{t('when')}</HeadCell>
                <HeadCell>{t('took')}</HeadCell>
                <HeadCell words>{t('by')}</HeadCell>
                <HeadCell>{t('operations')}</HeadCell>
                <HeadCell words className="w-full">
                  {t('result')}
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {data.map((rollout) => (
                <RolloutRow key={rollout.id} rollout={rollout} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
      <DraftBar />
    </main>
  );
}
