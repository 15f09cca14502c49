'use client';
// Figures that are on a card only while a switch or a probe is under way.
import { useTranslations } from 'use-intl';
import { formatCount } from '../figures/format.ts';
import { type RunningProbe, useProbing, useSeries } from '../probe/probe-context.ts';
import { useCurrentSwitch } from '../switch/switch-provider.tsx';
import { waysOf } from '../switch/switch-state.ts';
import { FigureLine } from './figure-line.tsx';

/** Of the director: connections that still go the old way. */
export function DrainLine() {
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  const current = useCurrentSwitch();
  if (!current?.drain) return null;
  const { other } = waysOf(current);
  const { left } = current.drain;
  return (
    <FigureLine
      name={t('stillBy', { way: other ? methods(other) : t('oldWay') })}
      value={left === null ? t('unknown') : formatCount(left)}
      plain
    />
  );
}

/** Of a client node: what the probe that it runs has counted. */
export function ProbeLine({ nodeId }: { nodeId: string }) {
  const { probe } = useProbing();
  return probe === null || probe.stopped || probe.order.nodeId !== nodeId ? null : <Counted probe={probe} />;
}

function Counted({ probe }: { probe: RunningProbe }) {
  const t = useTranslations('probe');
  const { requests, failed } = useSeries(probe.store).totals;
  return (
    <FigureLine
      name={t('onCard')}
      value={t('onCardValue', { failed: formatCount(failed), requests: formatCount(requests) })}
      plain
    />
  );
}
