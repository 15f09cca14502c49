'use client';
// Figures that are on a card only while a switch or a probe is under way. They stand in for another: cards keep their height.
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { formatCount } from '../figures/format.ts';
import { type RunningProbe, useProbing, useSeries } from '../probe/probe-context.ts';
import { useCurrentSwitch } from '../switch/switch-provider.tsx';
import { waysOf } from '../switch/switch-state.ts';
import { FigureLine } from './figure-line.tsx';
import { useWayName } from '../switch/way-name.ts';

/** Of the director: connections that still go the old way. */
export function DrainLine({ children }: { children: ReactNode }) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const current = useCurrentSwitch();
  if (!current?.drain) return children;
  const { other } = waysOf(current);
  const { left } = current.drain;
  return (
    <FigureLine
      name={t('stillBy', { way: wayName(other) })}
      value={left === null ? t('unknown') : formatCount(left)}
      plain
    />
  );
}

/** Of a client node: what the probe that it runs has counted. */
export function ProbeLine({ nodeId, children }: { nodeId: string; children: ReactNode }) {
  const { probe } = useProbing();
  if (probe === null || probe.stopped || probe.order.nodeId !== nodeId) return children;
  return <Counted probe={probe} />;
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
