import type { ReactNode } from 'react';
import { cn } from '../kit/class-names.ts';

interface FigureLineProps {
  readonly name: ReactNode;
  readonly value: string;
  /** A second line has no rule above it. */
  readonly plain?: boolean;
}

/** One figure of a card with its name. */
export function FigureLine({ name, value, plain = false }: FigureLineProps) {
  return (
    <div
      className={cn(
        'flex justify-between gap-2 whitespace-nowrap text-ink-2',
        plain ? 'pt-0.5' : 'mt-[7px] border-t border-line pt-1.5',
      )}
    >
      <span className="truncate">{name}</span>
      <b className="font-semibold text-ink">{value}</b>
    </div>
  );
}
