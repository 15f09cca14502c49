interface SparklineProps {
  readonly values: readonly number[];
  /** How many samples the whole width stands for; fewer start at the right. */
  readonly samples: number;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
}

/** The last minute as a line. Decoration beside a figure: the figure carries the meaning. */
export function Sparkline(props: SparklineProps) {
  const { values, samples, width = 92, height = 16, className = 'text-request' } = props;
  const top = Math.max(...values, 1);
  const step = width / (samples - 1);
  const first = width - (values.length - 1) * step;
  const y = (value: number) => height - 1.5 - (value / top) * (height - 3);
  const points = values.map((value, i) => `${(first + i * step).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      preserveAspectRatio="none"
      aria-hidden
      className={className}
    >
      {values.length < 2 ? null : (
        <polyline
          points={points.join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
