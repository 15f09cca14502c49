import type { SwitchState } from './generated/client.ts';

const locking: ReadonlySet<SwitchState> = new Set(['walking', 'confirming', 'goingBack', 'held']);

/** Whether a switch has its cluster for itself: until its flip is read back, and confirmed where that was wished. */
export const locksCluster = (state: SwitchState): boolean => locking.has(state);
