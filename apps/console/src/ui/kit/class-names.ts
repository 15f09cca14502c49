import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our font sizes, which it would otherwise take for colours.
const merge = extendTailwindMerge({
  extend: { classGroups: { 'font-size': [{ text: ['tiny', 'small', 'body', 'head'] }] } },
});

/** Joins classes; of two Tailwind classes for one property the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
