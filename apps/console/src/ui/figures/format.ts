// Numbers as a person reads them. All in tabular figures: the same value has the same width.

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 1204 -> `1,204`. Exact: counters are compared with ipvsadm's. */
export const formatCount = (value: number): string => plain.format(value);

const prefixes = ['', 'k', 'M', 'G', 'T', 'P'] as const;

export interface Scaled {
  readonly figure: string;
  readonly unit: string;
}

/** Three significant figures with an SI prefix: 48123456 b/s -> `48.1` `Mb/s`. */
function scaled(value: number, unit: string): Scaled {
  let rest = Math.max(0, value);
  let step = 0;
  // 999.5 would be written 1,000: it belongs to the next prefix already.
  while (rest >= 999.5 && step < prefixes.length - 1) {
    rest /= 1000;
    step += 1;
  }
  const digits = step === 0 || rest >= 99.95 ? 0 : rest >= 9.995 ? 1 : 2;
  return { figure: rest.toFixed(digits), unit: `${prefixes[step] ?? ''}${unit}` };
}

/** Bytes per second, as the kernel counts, in bits per second, as networks are rated. */
export const scaledBits = (bytesPerSecond: number): Scaled => scaled(bytesPerSecond * 8, 'b/s');

export const formatBits = (bytesPerSecond: number): string => {
  const { figure, unit } = scaledBits(bytesPerSecond);
  return `${figure} ${unit}`;
};

/** 0.7 -> `70 %`; nothing at all has no share. */
export const formatShare = (part: number, whole: number): string =>
  whole > 0 ? `${Math.round((part / whole) * 100)} %` : '–';

/** What is left of a minute or more, by the second and rounded up: 107000 ms -> `1:47`; `0:00` only when nothing is. */
export function formatCountdown(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** An age in its largest unit, floored: 400 ms -> {0.4, second}; 90 s -> {1, minute}. */
export function ageParts(ms: number): {
  readonly value: number;
  readonly unit: 'second' | 'minute' | 'hour' | 'day';
} {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return { value: Math.floor(seconds * 10) / 10, unit: 'second' };
  if (seconds < 60) return { value: Math.floor(seconds), unit: 'second' };
  if (seconds < 3600) return { value: Math.floor(seconds / 60), unit: 'minute' };
  if (seconds < 86_400) return { value: Math.floor(seconds / 3600), unit: 'hour' };
  return { value: Math.floor(seconds / 86_400), unit: 'day' };
}
