'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { RolloutView } from '../../api/contract.ts';
import type { Answers } from '../../trpc/answers.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useAgeText } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { DraftBar } from '../cluster/draft-bar.tsx';
import { StateLine } from '../cluster/state-line.tsx';
import { buttonLook } from '../kit/button.tsx';
import { ClockText } from '../kit/clock-text.tsx';
import { Empty } from '../kit/empty.tsx';
import { LampWord } from '../kit/lamp.tsx';
import { useSaid } from '../kit/said.ts';
import { Cell, HeadCell, RowHead, Table } from '../kit/table.tsx';
import { rolloutLamp, rolloutProgress } from './rollout-progress.ts';

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

function RolloutRow({ rollout }: { rollout: RolloutView }) {
  const t = useTranslations('changes');
  const said = useSaid();
  const age = useAgeText();
  const { view } = useCluster();
  const { done, of } = rolloutProgress(rollout);
  const { startedAt, finishedAt } = rollout;
  return (
    <tr className="h-[38px] align-top hover:bg-bg/70 [&>*]:pt-2">
      <RowHead>
        <Link href={`/clusters/${view.id}/changes/${rollout.id}`} className="font-semibold hover:underline">
          {t('revisionOf', { revision: String(rollout.revision) })}
        </Link>
      </RowHead>
      <Cell words>
        <ClockText iso={startedAt} seconds />
      </Cell>
      <Cell>{finishedAt === null ? '–' : age(Date.parse(finishedAt) - Date.parse(startedAt))}</Cell>
      <Cell words>{rollout.by}</Cell>
      <Cell>{t('operationsDone', { done: String(done), of: String(of) })}</Cell>
      <Cell words className="py-1.5 whitespace-normal">
        <LampWord state={rolloutLamp(rollout.state)}>{t(rollout.state)}</LampWord>
        {rollout.failure === null ? null : (
          <span className="ml-2 text-ink-2 [overflow-wrap:anywhere]">{said(rollout.failure)}</span>
        )}
      </Cell>
    </tr>
  );
}
