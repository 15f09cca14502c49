// The geometry of the probe's chart: time to the right, answers per second upwards, one area per way. Pure.
import type { ForwardingMethod } from '@signalbox/cluster';
import { GAP_MS, type Sample } from './probe-series.ts';
import { sharesOf, type WayChange } from './ways.ts';

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const SPANS_MS = [15_000, 30_000, 60_000, 120_000] as const;

/** The time that is shown: from the first reading, with room ahead, until two minutes are full and it moves on. */
export function spanOf(firstAtMs: number, nowMs: number): Span {
  const passed = nowMs - firstAtMs;
  const room = SPANS_MS.find((span) => passed <= span * 0.9);
  if (room !== undefined) return { fromMs: firstAtMs, toMs: firstAtMs + room };
  const last = SPANS_MS[SPANS_MS.length - 1] ?? 120_000;
  const toMs = Math.max(nowMs, firstAtMs + last);
  return { fromMs: toMs - last, toMs };
}

/** A round number that is at least this, for the top of the scale. */
export function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ([1, 2, 4, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

const STEPS_MS = [1, 2, 5, 10, 15, 30, 60].map((seconds) => seconds * 1000);

/** Whole seconds of the clock at which the time is written: at most seven. */
export function timeTicks({ fromMs, toMs }: Span): number[] {
  const step = STEPS_MS.find((one) => (toMs - fromMs) / one <= 6) ?? 60_000;
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) ticks.push(at);
  return ticks;
}

export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface WaySeries {
  readonly method: ForwardingMethod;
  readonly points: readonly Point[];
}

type Counted = Pick<Sample, 'atMs' | 'spanMs' | 'requests' | 'failed'>;

/** Answers per second by each way, evened out over three readings; in the order they began. A way that comes again is another. */
export function waySeries(samples: readonly Counted[], ways: readonly WayChange[]): WaySeries[] {
  const parts = samples.map((sample) => ({ sample, shares: sharesOf(ways, sample) }));
  const methods = [...new Set(ways.map(({ method }) => method))];
  return methods
    .flatMap((method) => {
      const rates = parts.map(({ sample, shares }) => ratePart(sample, shares, method));
      const points = samples.map(({ atMs }, i) => ({
        atMs,
        value: mean(rates.slice(Math.max(0, i - 1), i + 2)),
      }));
      return stretches(points).map((stretch) => ({ method, points: stretch }));
    })
    .toSorted((a, b) => (a.points[0]?.atMs ?? 0) - (b.points[0]?.atMs ?? 0));
}

function ratePart(
  { requests, failed, spanMs }: Counted,
  shares: ReturnType<typeof sharesOf>,
  method: ForwardingMethod,
): number {
  const part = shares.filter((share) => share.method === method).reduce((sum, { part }) => sum + part, 0);
  return (part * Math.max(0, requests - failed) * 1000) / spanMs;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The runs of points with answers, each with the zero that it comes from and the one it goes to. A pause ends a run. */
function stretches(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] | null = null;
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    const paused = before !== undefined && point.atMs - before.atMs > GAP_MS;
    if (paused && run !== null) {
      runs.push(run);
      run = point.value > 0 ? [point] : null;
    } else if (point.value > 0) {
      run ??= before && !paused ? [before] : [];
      run.push(point);
    } else if (run !== null) {
      runs.push([...run, point]);
      run = null;
    }
  }
  return run === null ? runs : [...runs, run];
}

/** Answers per second in the busiest reading. */
export const busiest = (series: readonly WaySeries[]): number =>
  Math.max(0, ...series.flatMap(({ points }) => points.map(({ value }) => value)));

export interface Scale {
  readonly x: (atMs: number) => number;
  readonly y: (value: number) => number;
}

export function scaleOf(frame: Frame, { fromMs, toMs }: Span, top: number): Scale {
  const { width, height, left, right, bottom } = frame;
  return {
    x: (atMs) => left + ((atMs - fromMs) / (toMs - fromMs)) * (width - left - right),
    y: (value) => height - bottom - (value / top) * (height - frame.top - bottom),
  };
}

export interface Drawn {
  readonly line: string;
  readonly area: string;
}

export function drawnOf(points: readonly Point[], { x, y }: Scale): Drawn {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return { line: '', area: '' };
  const line = `M${points.map(({ atMs, value }) => `${at(x(atMs))} ${at(y(value))}`).join('L')}`;
  return { line, area: `${line}L${at(x(last.atMs))} ${at(y(0))}L${at(x(first.atMs))} ${at(y(0))}Z` };
}

const at = (value: number): string => value.toFixed(1);
