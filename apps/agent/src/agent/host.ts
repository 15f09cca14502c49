import type { Kernel } from '@signalbox/kernel';
import type { Log } from '../log.ts';
import type { Memory } from './memory.ts';

/** What every part of the agent works with. */
export interface Host {
  readonly kernel: Kernel;
  readonly memory: Memory;
  readonly log: Log;
}
