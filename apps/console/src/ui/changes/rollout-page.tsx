'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { RolloutView } from '../../api/contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { buttonLook } from '../kit/button.tsx';
import { ClockText } from '../kit/clock-text.tsx';
import { Notice } from '../kit/notice.tsx';
import { RolloutHosts } from './rollout-hosts.tsx';
import { operationsOf } from './rollout-figures.ts';
import { useRollout } from './use-rollout.ts';

/** One rollout: live while it runs, and what happened, operation by operation, for good. */
export function RolloutPage({ rollout: initial }: { rollout: RolloutView }) {
  const t = useTranslations('changes');
  const { view } = useCluster();
  const { rollout, stale } = useRollout(initial);
  const { done, of, total } = operationsOf(rollout);
  return (
    <main id="content" className="mx-auto flex w-full max-w-5xl flex-1 flex-col gap-4 overflow-y-auto p-6">
      <header>
        <h1 className="text-lg font-semibold">{t('rollout', { revision: String(rollout.revision) })}</h1>
        <p className="text-ink-3">
          {t('startedBy', { by: rollout.by })} · <ClockText iso={rollout.startedAt} seconds /> ·{' '}
          {t('operationsDone', { done, of })}
        </p>
      </header>
      <div role="status" className="flex flex-col gap-3">
        <Outcome rollout={rollout} />
        {stale ? <Notice tone="warn" title={t('stale')} /> : null}
      </div>
      {total === 0 && rollout.state === 'done' ? <p className="text-ink-2">{t('noOperations')}</p> : null}
      <RolloutHosts rollout={rollout} />
      {rollout.state === 'running' ? null : (
        <div className="flex gap-2">
          <Link className={buttonLook({ look: 'primary' })} href={`/clusters/${view.id}`}>
            {t('backToBoard')}
          </Link>
          <Link className={buttonLook({})} href={`/clusters/${view.id}/review`}>
            {t('reviewAgain')}
          </Link>
        </div>
      )}
    </main>
  );
}

function Outcome({ rollout }: { rollout: RolloutView }) {
  const t = useTranslations('changes');
  switch (rollout.state) {
    case 'running':
      return <Notice title={t('running')}>{t('background')}</Notice>;
    case 'done':
      return <Notice tone="ok" title={t('doneTitle')} />;
    case 'stopped':
      return (
        <Notice tone="bad" title={t('stoppedTitle')}>
          {rollout.failure === null ? null : <p className="font-medium text-ink">{rollout.failure}</p>}
          <p>{t('stoppedText')}</p>
        </Notice>
      );
  }
}
