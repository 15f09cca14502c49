'use client';
import type { VirtualService } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';

/** The scheduler as it is drawn, with the applied one struck through while the two differ. */
export function SchedulerText({ service: { id, scheduler } }: { service: VirtualService }) {
  const t = useTranslations('services');
  const { view } = useCluster();
  const applied = view.applied?.topology.services.find((service) => service.id === id)?.scheduler;
  if (applied === undefined || applied === scheduler) return scheduler;
  return (
    <span title={t('schedulerBefore', { scheduler: applied })}>
      <span className="rounded bg-warn-bg px-0.5 font-semibold text-warn">{scheduler}</span>{' '}
      <s className="text-ink-3">{applied}</s>
    </span>
  );
}
