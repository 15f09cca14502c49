'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { SwitchView } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useSwitch } from './use-switch.ts';

const Current = createContext<SwitchView | null>(null);

/** Follows the switch that is under way, for everything that shows it: lever, board, probe. */
export function SwitchProvider({ children }: { children: ReactNode }) {
  const { switchId } = useCluster();
  const { view } = useSwitch(switchId);
  return <Current.Provider value={view}>{children}</Current.Provider>;
}

/** The switch under way; null when there is none, and until it was heard of. */
export const useCurrentSwitch = (): SwitchView | null => useContext(Current);
