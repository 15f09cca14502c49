'use client';
import { useTranslations } from 'use-intl';
import { useWidth } from '../kit/width.ts';
import { Failures, Grid, Moments, WayArea, WayLabel } from './chart-parts.tsx';
import { busiest, niceTop, scaleOf, spanOf, type WaySeries, waySeries } from './chart-math.ts';
import type { ProbeSeries } from './probe-series.ts';
import { flipsOf } from './ways.ts';

const margins = { height: 224, left: 48, top: 14, right: 8, bottom: 24 };

/** Answers per second by way, with the moment when the destinations were switched. */
export function ProbeChart({ series }: { series: ProbeSeries }) {
  const t = useTranslations('probe');
  const methods = useTranslations('method');
  const { samples, ways, firstAtMs } = series;
  const [width, box] = useWidth(640);
  const last = samples.at(-1);
  if (!last || firstAtMs === null) return null;
  const frame = { ...margins, width };
  const span = spanOf(firstAtMs, last.atMs);
  const shown = samples.filter(({ atMs }) => atMs >= span.fromMs);
  const drawn = waySeries(shown, ways);
  const top = niceTop(Math.max(10, busiest(drawn) * 1.15));
  const scale = scaleOf(frame, span, top);
  const now = drawn.findLast(({ method }) => method === ways.at(-1)?.method);
  const summary = t('chartSummary', {
    rate: String(Math.round(now?.points.at(-1)?.value ?? 0)),
    way: now ? methods(now.method) : '–',
  });
  return (
    <svg
      ref={box}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      height={frame.height}
      className="block w-full text-[11px] select-none"
      role="img"
      aria-label={`${t('chart')}: ${summary}`}
    >
      <Grid frame={frame} scale={scale} top={top} span={span} />
      {drawn.map((way) => (
        <WayArea key={keyOf(way)} frame={frame} way={way} scale={scale} />
      ))}
      <Failures samples={shown} scale={scale} />
      <Moments
        frame={frame}
        scale={scale}
        span={span}
        flips={flipsOf(ways).map(({ atMs }) => atMs)}
        nowMs={last.atMs}
      />
      {drawn.map((way, i) => (
        <WayLabel key={keyOf(way)} frame={frame} way={way} scale={scale} first={i === 0} />
      ))}
    </svg>
  );
}

const keyOf = ({ method, points }: WaySeries): string => `${method} ${points[0]?.atMs ?? 0}`;
