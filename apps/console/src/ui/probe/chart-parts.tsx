'use client';
import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useIsClient } from '../kit/is-client.ts';
import { drawnOf, type Frame, type Scale, type Span, timeTicks, type WaySeries } from './chart-math.ts';
import type { ProbeSeries } from './probe-series.ts';
import { wayColor } from './way-look.ts';

interface GridProps {
  readonly frame: Frame;
  readonly scale: Scale;
  readonly top: number;
  readonly span: Span;
}

export function Grid({ frame, scale: { x, y }, top, span }: GridProps) {
  const t = useTranslations('probe');
  const right = frame.width - frame.right;
  return (
    <g>
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <path d={`M${frame.left} ${y(top * part)}H${right}`} stroke="var(--line)" />
          <text x={frame.left - 6} y={y(top * part) + 4} textAnchor="end" fill="var(--ink-3)">
            {part === 0 ? '0' : t('perSecond', { rate: String(Math.round(top * part)) })}
          </text>
        </g>
      ))}
      {timeTicks(span).map((atMs, i) => (
        <text
          key={atMs}
          x={x(atMs)}
          y={frame.height - 7}
          textAnchor={x(atMs) < frame.left + 20 ? 'start' : x(atMs) > right - 22 ? 'end' : 'middle'}
          fill="var(--ink-3)"
        >
          <ClockTick atMs={atMs} full={i === 0} />
        </text>
      ))}
    </g>
  );
}

/** The whole time once, then seconds. */
function ClockTick({ atMs, full }: { atMs: number; full: boolean }) {
  const locale = useLocale();
  const isClient = useIsClient();
  if (!isClient) return null;
  const at = new Date(atMs);
  if (full || at.getSeconds() === 0)
    return new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
    }).format(at);
  return `:${String(at.getSeconds()).padStart(2, '0')}`;
}

interface WayProps {
  readonly frame: Frame;
  readonly way: WaySeries;
  readonly scale: Scale;
}

export function WayArea({ frame, way, scale }: WayProps) {
  const id = useId();
  const { line, area } = drawnOf(way.points, scale);
  const color = wayColor(way.method);
  return (
    <g clipPath={`url(#${id})`}>
      <clipPath id={id}>
        <rect x={frame.left} y={0} width={frame.width - frame.left - frame.right} height={frame.height} />
      </clipPath>
      <path d={area} fill={color} fillOpacity="0.2" />
      <path d={line} fill="none" stroke={color} strokeWidth="1.8" strokeLinejoin="round" />
    </g>
  );
}

const LABEL_WIDTH = 96;

/** The name of a way stands over its middle. */
export function WayLabel({ frame, way, scale: { x, y }, first }: WayProps & { readonly first: boolean }) {
  const t = useTranslations('probe');
  const methods = useTranslations('method');
  const full = way.points.filter(({ value }) => value > 0);
  const middle = full[Math.floor(full.length / 2)];
  const begin = full[0];
  const end = full.at(-1);
  if (!middle || !begin || !end || x(end.atMs) - x(begin.atMs) < 30) return null;
  const text = methods(way.method);
  const narrow = x(end.atMs) - x(begin.atMs) < LABEL_WIDTH;
  const at = Math.max(frame.left + (narrow ? 24 : LABEL_WIDTH / 2), x(middle.atMs));
  // Over the highest point that it stands above.
  const under = full.filter(({ atMs }) => Math.abs(x(atMs) - at) <= LABEL_WIDTH / 2);
  const highest = Math.max(middle.value, ...under.map(({ value }) => value));
  return (
    <text
      x={at}
      y={Math.max(frame.top + 18, y(highest) - 8)}
      textAnchor="middle"
      fontWeight="600"
      fill={wayColor(way.method)}
      stroke="var(--panel)"
      strokeWidth="3"
      paintOrder="stroke"
    >
      {first && !narrow ? t('answeredBy', { way: text }) : t('byWay', { way: text })}
    </text>
  );
}

export function Failures({ samples, scale: { x, y } }: { samples: ProbeSeries['samples']; scale: Scale }) {
  return samples
    .filter(({ failed }) => failed > 0)
    .map(({ atMs, failed, spanMs }) => {
      const height = Math.max(6, y(0) - y((failed * 1000) / spanMs));
      return (
        <rect key={atMs} x={x(atMs) - 2} y={y(0) - height} width="3" height={height} fill="var(--bad)" />
      );
    });
}

interface MomentsProps {
  readonly frame: Frame;
  readonly scale: Scale;
  readonly span: Span;
  readonly flips: readonly number[];
  readonly nowMs: number;
}

export function Moments({ frame, scale: { x, y }, span, flips, nowMs }: MomentsProps) {
  const t = useTranslations('probe');
  const top = frame.top - 8;
  const nearRight = x(nowMs) > frame.width - frame.right - 30;
  return (
    <g>
      {flips
        .filter((atMs) => atMs > span.fromMs && atMs < span.toMs)
        .map((atMs) => {
          const turned = x(atMs) > frame.width - 150;
          return (
            <g key={atMs}>
              <path
                d={`M${x(atMs)} ${top}V${y(0)}`}
                stroke="var(--ink-2)"
                strokeWidth="1.4"
                strokeDasharray="3 3"
              />
              <text
                x={x(atMs) + (turned ? -6 : 6)}
                y={top + 9}
                textAnchor={turned ? 'end' : 'start'}
                fill="var(--ink-2)"
                stroke="var(--panel)"
                strokeWidth="3"
                paintOrder="stroke"
              >
                {t('flipped')}
              </text>
            </g>
          );
        })}
      {nearRight ? null : (
        <g>
          <path d={`M${x(nowMs)} ${top}V${y(0)}`} stroke="var(--line-2)" />
          <text x={x(nowMs) + 6} y={frame.top + 36} fill="var(--ink-3)">
            {t('now')}
          </text>
        </g>
      )}
    </g>
  );
}
