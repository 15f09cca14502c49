'use client';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ProbeOrder } from '../../api/switch-contract.ts';
import type { ProbeSeries } from './probe-series.ts';
import type { ProbeStore } from './probe-store.ts';

export interface RunningProbe {
  readonly order: ProbeOrder;
  readonly store: ProbeStore;
  /** Stopped: its last figures stay. */
  readonly stopped: boolean;
  readonly withSwitch: boolean;
  /** Found running by a page that was loaded meanwhile. */
  readonly found: boolean;
  /** Its long connections were let go because a switch waited for nothing else: how many of how many were alive then. */
  readonly letGo: { readonly open: number; readonly of: number } | null;
}

export interface Probing {
  readonly probe: RunningProbe | null;
  /** `withSwitch`: begun for a switch, ends soon after it. */
  readonly start: (order: ProbeOrder, withSwitch?: boolean) => void;
  readonly stop: () => void;
}

export const ProbingContext = createContext<Probing>({
  probe: null,
  start: () => undefined,
  stop: () => undefined,
});

/** The probe of this cluster: it goes on while one walks between the pages. */
export const useProbing = (): Probing => useContext(ProbingContext);

/** Its readings; renders again with each, four times a second. */
export const useSeries = (store: ProbeStore): ProbeSeries =>
  useSyncExternalStore(store.subscribe, store.series, store.series);

export const useProbeProblem = (store: ProbeStore): string | null =>
  useSyncExternalStore(store.subscribe, store.problem, store.problem);
