'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Answers } from '../../trpc/answers.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { ClockText } from '../kit/clock-text.tsx';
import { Cell, HeadCell, RowHead, Table } from '../kit/table.tsx';
import { StateWord } from './state-word.tsx';
import { operationsOf } from './rollout-figures.ts';

/** What was applied, newest first. */
export function ChangesPage({ rollouts: initial }: { rollouts: Answers['rollouts']['list'] }) {
  const t = useTranslations('changes');
  const trpc = useTRPC();
  const { view } = useCluster();
  const { data: rollouts } = useQuery(
    trpc.rollouts.list.queryOptions({ clusterId: view.id }, { initialData: initial, refetchInterval: 5000 }),
  );
  return (
    <main id="content" className="mx-auto w-full max-w-5xl flex-1 overflow-y-auto p-6">
      <h1 className="mb-4 text-lg font-semibold">{t('title')}</h1>
      {rollouts.length === 0 ? (
        <div className="rounded-xl border border-dashed border-line-strong/50 p-10 text-center">
          <p className="font-semibold">{t('emptyTitle')}</p>
          <p className="mt-1 text-ink-2">{t('emptyText')}</p>
        </div>
      ) : (
        <div className="overflow-x-auto rounded-xl border border-line bg-panel">
          <Table aria-label={t('table')}>
            <thead>
              <tr>
                <HeadCell words>{t('revision')}</HeadCell>
                <HeadCell words>{t('when')}</HeadCell>
                <HeadCell words>{t('by')}</HeadCell>
                <HeadCell words>{t('result')}</HeadCell>
                <HeadCell>{t('operations')}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {rollouts.map((rollout) => (
                <tr key={rollout.id}>
                  <RowHead>
                    <Link
                      className="font-semibold underline-offset-2 hover:underline"
                      href={`/clusters/${view.id}/changes/${rollout.id}`}
                    >
                      {t('revisionOf', { revision: String(rollout.revision) })}
                    </Link>
                  </RowHead>
                  <Cell words>
                    <ClockText iso={rollout.startedAt} seconds />
                  </Cell>
                  <Cell words>{rollout.by}</Cell>
                  <Cell words>
                    <StateWord state={rollout.state} />
                  </Cell>
                  <Cell>{t('operationsDone', operationsOf(rollout))}</Cell>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </main>
  );
}
