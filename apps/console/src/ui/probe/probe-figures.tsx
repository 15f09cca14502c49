'use client';
import { useTranslations } from 'use-intl';
import type { Totals } from '../../api/probe-totals.ts';
import { formatCount } from '../figures/format.ts';
import { cn } from '../kit/class-names.ts';
import type { RunningProbe } from './probe-context.ts';
import { p50Now, type ProbeSeries } from './probe-series.ts';

interface ProbeFiguresProps {
  readonly series: ProbeSeries;
  /** What is counted: since a moment, or since the probe began. */
  readonly totals: Totals;
  /** How many long connections there should be. */
  readonly longLived: number;
  readonly letGo: RunningProbe['letGo'];
}

/** Failed, requests, long connections, latency: large, because they are the proof. */
export function ProbeFigures({ series, totals, longLived, letGo }: ProbeFiguresProps) {
  const t = useTranslations('probe');
  const last = series.samples.at(-1);
  const now = p50Now(series);
  const { p50Before } = series;
  const open = String(letGo?.open ?? last?.open ?? 0);
  const wanted = letGo?.of ?? longLived;
  const of = String(wanted);
  return (
    <dl className="flex flex-wrap items-start gap-x-9 gap-y-2">
      <Figure
        name={t('failed')}
        value={last ? formatCount(totals.failed) : '–'}
        tone={last ? (totals.failed === 0 ? 'ok' : 'bad') : 'plain'}
      />
      <Figure name={t('requests')} value={last ? formatCount(totals.requests) : '–'} />
      {wanted === 0 ? null : (
        <Figure
          name={t('longAlive')}
          value={
            last === undefined
              ? '–'
              : totals.lost > 0
                ? t('longLost', { open, of, lost: String(totals.lost) })
                : t('ofAll', { open, of })
          }
          tone={totals.lost > 0 ? 'bad' : 'plain'}
        />
      )}
      <Figure
        name={p50Before === null ? t('p50') : t('p50Before', { value: msText(p50Before) })}
        value={now === null ? '–' : t('ms', { value: msText(now) })}
      />
    </dl>
  );
}

const msText = (ms: number): string => ms.toFixed(ms < 100 ? 1 : 0);

const tones = { ok: 'text-ok', bad: 'text-bad', plain: '' } as const;

function Figure({ name, value, tone = 'plain' }: { name: string; value: string; tone?: keyof typeof tones }) {
  return (
    <div className="flex min-w-14 flex-col-reverse">
      <dt className="text-[12.5px] text-ink-3">{name}</dt>
      <dd className={cn('text-[25px] leading-[1.2] font-semibold tracking-[-0.02em]', tones[tone])}>
        {value}
      </dd>
    </div>
  );
}
