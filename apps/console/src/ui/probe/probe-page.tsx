'use client';
import { useMemo } from 'react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { StateLine } from '../cluster/state-line.tsx';
import { buttonLook } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { Notice } from '../kit/notice.tsx';
import { useProbing } from './probe-context.ts';
import { ProbeForm } from './probe-form.tsx';
import { defaultOrder, probeTargets } from './probe-targets.ts';
import { ProbeView } from './probe-view.tsx';

/** The tutorial's `while true; do curl ...; done`, with what it shows read for you. */
export function ProbePage() {
  const t = useTranslations('probe');
  const { view, mayEdit } = useCluster();
  const { probe } = useProbing();
  const targets = useMemo(() => probeTargets(view), [view]);
  const initial = probe?.order ?? defaultOrder(view.id, targets);
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col">
      <div className="px-5 pt-3.5 pb-3">
        <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">{t('title')}</h1>
        <StateLine />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-line bg-panel">
        <div className="mx-auto flex max-w-[920px] flex-col gap-4 px-5 pt-4 pb-10">
          <p className="max-w-[76ch] text-ink-2">{t('intro')}</p>
          {mayEdit ? null : <Notice title={t('viewer')} />}
          {mayEdit && initial !== null ? (
            <>
              <Notice tone="warn" title={t('real')} />
              <ProbeForm targets={targets} initial={initial} />
            </>
          ) : null}
          {mayEdit && initial === null ? <CannotProbe hasNode={targets.nodes.length > 0} /> : null}
          {probe === null ? null : (
            <section className="border-t border-line pt-4" aria-label={t('title')}>
              <ProbeView probe={probe} />
            </section>
          )}
        </div>
      </div>
    </main>
  );
}

function CannotProbe({ hasNode }: { hasNode: boolean }) {
  const t = useTranslations('probe');
  const changes = useTranslations('changes');
  const { view } = useCluster();
  return (
    <Empty
      title={t(hasNode ? 'noServiceTitle' : 'nobodyTitle')}
      actions={
        view.applied === null && view.topology.services.length > 0 ? (
          <Link href={`/clusters/${view.id}/review`} className={buttonLook({})}>
            {changes('review')}
          </Link>
        ) : (
          <Link href={`/clusters/${view.id}`} className={buttonLook({})}>
            {changes('backToBoard')}
          </Link>
        )
      }
    >
      {t(hasNode ? 'noServiceText' : 'nobodyText')}
    </Empty>
  );
}
