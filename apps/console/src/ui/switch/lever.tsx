'use client';
import { useTranslations } from 'use-intl';
import { cn } from '../kit/class-names.ts';
import { type LeverReading, type Position, positions } from './lever-reading.ts';

interface LeverProps {
  /** What it moves: a cluster or a service. */
  readonly name: string;
  readonly reading: LeverReading;
  /** Where a switch under way is going. */
  readonly movingTo?: Position | null;
  /** Null: it only shows. */
  readonly onThrow: ((to: Position) => void) | null;
  /** It shows where it shall go, not where it is. */
  readonly wanted?: boolean;
  readonly size?: 'large' | 'normal' | 'small';
}

const sizes = {
  large: { frame: 'p-0.5', arm: 'min-h-11 w-[94px] py-1', word: 'text-[13px]' },
  normal: { frame: 'p-0.5', arm: 'min-h-8 w-[80px]', word: 'text-small' },
  small: { frame: 'p-px', arm: 'min-h-6 w-[38px]', word: 'text-tiny' },
} as const;

const hints = { masq: 'masqHint', gate: 'gateHint' } as const;

/** Two positions, NAT and DR. The one that is not in use can be pressed. */
export function Lever(props: LeverProps) {
  const { name, reading, movingTo = null, onThrow, wanted = false, size = 'large' } = props;
  const t = useTranslations('lever');
  const methods = useTranslations('method');
  const look = sizes[size];
  const at = reading.kind === 'all' ? reading.method : null;
  return (
    <div
      role="group"
      aria-label={t('label', { name })}
      className={cn('inline-flex rounded-[9px] border border-line-2 bg-bg', look.frame)}
    >
      {positions.map((position) => {
        const here = at === position;
        const method = methods(position);
        return (
          <button
            key={position}
            type="button"
            aria-pressed={here}
            aria-label={here && !wanted ? t('here', { name, method }) : t('throw', { name, method })}
            disabled={onThrow === null || here}
            onClick={() => onThrow?.(position)}
            className={cn(
              'flex flex-col items-center justify-center rounded-[7px] border border-transparent leading-tight text-ink-2',
              look.arm,
              here && 'border-line-2 bg-panel shadow-card',
              here && (position === 'masq' ? 'text-nat' : 'text-dr'),
              !here && onThrow !== null && 'hover:bg-panel hover:text-ink',
              movingTo === position && 'animate-pulse border-dashed border-current',
            )}
          >
            <span className={cn('font-bold', look.word)}>{method}</span>
            {size === 'large' ? <span className="text-tiny font-medium">{t(hints[position])}</span> : null}
          </button>
        );
      })}
    </div>
  );
}
