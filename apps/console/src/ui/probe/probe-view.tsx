'use client';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { Notice } from '../kit/notice.tsx';
import { useSaid } from '../kit/said.ts';
import { AnswerStrip } from './answer-strip.tsx';
import { FailureList } from './failure-list.tsx';
import { ProbeChart } from './probe-chart.tsx';
import { type RunningProbe, useProbeProblem, useSeries } from './probe-context.ts';
import { ProbeFigures } from './probe-figures.tsx';
import { type CountedStretch, totalsOf } from './counted-stretch.ts';
import { probeTargets } from './probe-targets.ts';
import { serverNames } from './server-name.ts';
import { ServerAnswers } from './server-answers.tsx';

interface ProbeViewProps {
  readonly probe: RunningProbe;
  /** What figures count; without it, all since the probe began. */
  readonly counted?: CountedStretch | undefined;
}

/** What a probe sees: figures, chart, last answers, servers. */
export function ProbeView({ probe, counted }: ProbeViewProps) {
  const t = useTranslations('probe');
  const said = useSaid();
  const { view } = useCluster();
  const { order, store, stopped } = probe;
  const series = useSeries(store);
  const problem = useProbeProblem(store);
  const { topology } = probeTargets(view);
  const names = useMemo(() => serverNames(topology, order.serviceId), [topology, order.serviceId]);
  const totals = counted ? totalsOf(store, counted) : series.totals;
  const node = topology.nodes.find(({ id }) => id === order.nodeId);
  return (
    <div className="flex flex-col gap-4">
      <ProbeFigures series={series} totals={totals} longLived={order.longLived} letGo={probe.letGo} />
      {problem === null || stopped ? null : (
        <div role="alert">
          <Notice tone="warn" title={t('lost', { message: said(problem) })} />
        </div>
      )}
      {series.samples.length === 0 ? (
        <p role="status" className="py-10 text-center text-ink-3">
          {t('waiting')}
        </p>
      ) : (
        <>
          <ProbeChart series={series} />
          <AnswerStrip series={series} names={names} nodeName={node?.name ?? order.nodeId} />
          <FailureList failures={series.failures} />
          <ServerAnswers totals={totals} names={names} />
        </>
      )}
    </div>
  );
}
