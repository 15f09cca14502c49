'use client';
import { SAMPLES } from '../../live/history.ts';
import { useLive, useLiveStore } from '../cluster/live-provider.tsx';
import { formatBits } from '../figures/format.ts';
import { Sparkline } from '../kit/sparkline.tsx';

/** The last minute of incoming traffic over several series, with the newest figure in words. */
export function MinuteLine({ series }: { series: readonly string[] }) {
  const { history } = useLiveStore();
  useLive(); // Renders again with each sample.
  const samples = series.map((one) => history.samples(one));
  const length = Math.max(0, ...samples.map((one) => one.length));
  const sums = Array.from({ length }, (_, i) =>
    samples.reduce((total, one) => total + (one[one.length - length + i] ?? 0), 0),
  );
  return (
    <div className="flex items-end gap-3 border-b border-line">
      <Sparkline
        values={sums}
        samples={SAMPLES}
        width={220}
        height={44}
        className="min-w-0 flex-1 text-nat"
      />
      <span className="w-[74px] pb-1 text-right">{length === 0 ? '–' : formatBits(sums.at(-1) ?? 0)}</span>
    </div>
  );
}
