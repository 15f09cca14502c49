import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** The one table: dense, figures to the right, words to the left (`words`). Named by `aria-label`. */
export function Table({ className, ...rest }: ComponentProps<'table'> & { 'aria-label': string }) {
  return <table className={cn('w-full border-collapse', className)} {...rest} />;
}

interface CellProps {
  readonly words?: boolean;
}

export function HeadCell({ words = false, className, ...rest }: ComponentProps<'th'> & CellProps) {
  return (
    <th
      scope="col"
      className={cn(
        'px-2.5 pt-2 pb-1.5 text-tiny font-medium whitespace-nowrap text-ink-3 first:pl-5 last:pr-5',
        words ? 'text-left' : 'text-right',
        className,
      )}
      {...rest}
    />
  );
}

export function Cell({ words = false, className, ...rest }: ComponentProps<'td'> & CellProps) {
  return (
    <td
      className={cn(
        'border-t border-line px-2.5 py-1 whitespace-nowrap first:pl-5 last:pr-5',
        words ? 'text-left' : 'text-right',
        className,
      )}
      {...rest}
    />
  );
}

/** The cell that names its row. */
export function RowHead({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="row"
      className={cn(
        'border-t border-line px-2.5 py-1 text-left font-normal whitespace-nowrap first:pl-5 last:pr-5',
        className,
      )}
      {...rest}
    />
  );
}
