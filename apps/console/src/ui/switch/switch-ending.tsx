'use client';
import { useLocale, useTranslations } from 'use-intl';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchView } from '../../api/switch-contract.ts';
import { formatCount } from '../figures/format.ts';
import { Notice } from '../kit/notice.tsx';
import { countedFrom, totalsOf } from '../probe/counted-stretch.ts';
import { type RunningProbe, useSeries } from '../probe/probe-context.ts';
import { useProbeOf, useStretch } from './switch-probe.tsx';
import { useFailureText } from './use-failure-text.ts';
import { useWayName } from './way-name.ts';

/** How it ended, or why it does not go on. */
export function SwitchEnding({ view }: { view: SwitchView }) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const probe = useProbeOf(view);
  const from = cameFrom(view);
  const way = wayName(from);
  const failureText = useFailureText(view);
  const failure = view.failure === null ? null : failureText(view.failure);
  return (
    <div role="status">
      {view.state === 'held' ? (
        <Notice tone="warn" title={t('heldTitle')}>
          {failure}
        </Notice>
      ) : view.state === 'done' ? (
        probe === null ? (
          <Notice tone="ok" title={t('doneTitleNoProbe', { way: wayName(view.to) })}>
            {t('doneTextNoProbe')}
          </Notice>
        ) : (
          <Counted view={view} probe={probe} />
        )
      ) : view.state === 'wentBack' ? (
        <Notice tone={view.failure === null ? 'plain' : 'bad'} title={t('wentBackTitle', { way })}>
          {failure} {view.flippedAt === null ? t('wentBackBefore') : t('wentBackAfter', { way })}
        </Notice>
      ) : (
        <Notice tone="warn" title={failure} />
      )}
    </div>
  );
}

/** "0 of 2,957 requests failed" */
function Counted({ view, probe }: { view: SwitchView; probe: RunningProbe }) {
  const t = useTranslations('switching');
  const clock = new Intl.DateTimeFormat(useLocale(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  // With each reading: the last of the stretch comes after its end.
  useSeries(probe.store);
  const stretch = useStretch(view);
  const { requests, failed } = totalsOf(probe.store, stretch);
  const fromMs = countedFrom(probe.store, stretch);
  const late = fromMs - stretch.fromMs > 2000;
  return (
    <Notice
      tone={failed === 0 ? 'ok' : 'bad'}
      title={t('doneTitle', { failed: formatCount(failed), requests })}
    >
      {t(late ? 'doneTextSeen' : 'doneText', { time: clock.format(fromMs) })}
    </Notice>
  );
}
