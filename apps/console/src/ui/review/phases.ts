import type { Phase } from '@signalbox/cluster';

/** In the order in which all hosts walk through them together. */
export const phases: readonly Phase[] = ['prepare', 'switch', 'retire'];
