import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export const buttonLook = cva(
  'inline-flex items-center justify-center gap-1.5 rounded-[7px] border font-semibold whitespace-nowrap select-none disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
  {
    variants: {
      look: {
        plain: 'border-line-2 bg-panel text-ink hover:bg-bg',
        primary: 'border-ink bg-ink text-bg hover:opacity-90',
        quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-bg hover:text-ink',
        danger: 'border-line-2 bg-panel text-bad hover:bg-bad-bg',
      },
      size: { normal: 'min-h-8 px-[11px] py-1', small: 'min-h-6 px-2 py-0.5 text-small', icon: 'size-7 p-0' },
    },
    defaultVariants: { look: 'plain', size: 'normal' },
  },
);

/** The one button. */
export function Button({
  look,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & VariantProps<typeof buttonLook>) {
  // oxlint-disable-next-line react/button-has-type -- it has one of the three types, given by whoever uses it
  return <button type={type} className={cn(buttonLook({ look, size }), className)} {...rest} />;
}
