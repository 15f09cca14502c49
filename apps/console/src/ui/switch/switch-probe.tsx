'use client';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { SwitchView } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useLiveStore } from '../cluster/live-provider.tsx';
import type { CountedStretch } from '../probe/counted-stretch.ts';
import { ProbeForm } from '../probe/probe-form.tsx';
import { type RunningProbe, useProbing } from '../probe/probe-context.ts';
import { defaultOrder, probeTargets } from '../probe/probe-targets.ts';
import { ProbeView } from '../probe/probe-view.tsx';
import { useToldFlips } from '../probe/told-flips.ts';
import { isAtEnd } from './switch-state.ts';

/** The probe of this tab, when it loads one of the switch's services. */
export function useProbeOf(view: SwitchView): RunningProbe | null {
  const { probe } = useProbing();
  return probe !== null && view.services.some(({ serviceId }) => serviceId === probe.order.serviceId)
    ? probe
    : null;
}

/** From Confirm to the end. */
export function useStretch({ id, startedAt, finishedAt }: SwitchView): CountedStretch {
  const { clockOffsetMs } = useLiveStore().state();
  return {
    name: id,
    fromMs: Date.parse(startedAt) - clockOffsetMs,
    toMs: finishedAt === null ? null : Date.parse(finishedAt) - clockOffsetMs,
  };
}

/** What clients see of the switch; or the offer to look. */
export function SwitchProbe({ view }: { view: SwitchView }) {
  const t = useTranslations('probe');
  const switching = useTranslations('switching');
  const { view: cluster, mayEdit } = useCluster();
  const probe = useProbeOf(view);
  const { stop } = useProbing();
  const stretch = useStretch(view);
  const targets = useMemo(() => probeTargets(cluster), [cluster]);
  const wanted = view.services.map(({ serviceId }) => serviceId);
  const initial = defaultOrder(cluster.id, targets, wanted);
  if (probe !== null)
    return (
      <>
        <ToldFlips probe={probe} view={view} />
        <ProbeView probe={probe} counted={stretch} />
        <ProbeLine probe={probe} onStop={stop} />
      </>
    );
  if (isAtEnd(view)) return <p className="text-ink-3">{switching('notCounted')}</p>;
  if (!mayEdit || initial === null) return <p className="text-ink-3">{switching('noProbe')}</p>;
  return (
    <div className="flex flex-col gap-3">
      <h2 className="font-[650]">{switching('withProbe')}</h2>
      <p className="text-ink-2">{t('real')}</p>
      <ProbeForm
        targets={{ ...targets, services: targets.services.filter(({ id }) => wanted.includes(id)) }}
        initial={initial}
      />
    </div>
  );
}

/** Of a switch that has ended too: nobody else tells of it. */
function ToldFlips({ probe, view }: { probe: RunningProbe; view: SwitchView }) {
  useToldFlips(probe, view);
  return null;
}

/** That real requests are sent, from where, and the button that ends it. */
function ProbeLine({ probe, onStop }: { probe: RunningProbe; onStop: () => void }) {
  const t = useTranslations('probe');
  const { view } = useCluster();
  const targets = probeTargets(view);
  const node = targets.nodes.find(({ id }) => id === probe.order.nodeId)?.name ?? probe.order.nodeId;
  const service =
    targets.services.find(({ id }) => id === probe.order.serviceId)?.name ?? probe.order.serviceId;
  return (
    <p className="mt-4 flex items-center gap-3 border-t border-line pt-3 text-small text-ink-3">
      <span className="flex-1">
        {probe.stopped ? t('stopped') : t('running', { node, service })}
        {probe.letGo === null ? null : ` ${t('letGo', { count: probe.letGo.open })}`}
      </span>
      {probe.stopped ? null : (
        <button
          type="button"
          className="font-medium text-ink-2 underline underline-offset-2"
          aria-label={t('stopNamed')}
          onClick={onStop}
        >
          {t('stop')}
        </button>
      )}
    </p>
  );
}
