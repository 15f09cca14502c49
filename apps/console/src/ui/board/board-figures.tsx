'use client';
// Figures of the whole board, computed once per change for all cards and wires.
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import { useCluster } from '../cluster/cluster-context.ts';
import { useConsoleNow } from '../cluster/ages.ts';
import { useLive } from '../cluster/live-provider.tsx';
import { freshnessOf } from '../../live/age.ts';
import {
  directorTraffic,
  type Hosts,
  type RealServerFigures,
  realServerFigures,
  type Traffic,
} from '../figures/totals.ts';
import { type BoardLayout, GROUP_ID, layoutOf } from './layout.ts';
import { ratesOf, type Wire, wiresOf } from './wires.ts';
import { waysOf } from './wiring.ts';

export interface BoardFigures {
  readonly layout: BoardLayout;
  readonly hosts: Hosts;
  readonly wires: readonly Wire[];
  readonly rates: ReadonlyMap<string, number>;
  /** The highest of all rates: what widths are measured by. */
  readonly busiest: number;
  readonly directors: ReadonlyMap<string, Traffic | null>;
  readonly realServers: ReadonlyMap<string, RealServerFigures>;
}

const Figures = createContext<BoardFigures | null>(null);

export function BoardFiguresProvider({ children }: { children: ReactNode }) {
  const { topology } = useCluster();
  const { hosts } = useLive();
  const layout = useMemo(() => layoutOf(topology), [topology]);
  const ways = useMemo(() => waysOf(topology), [topology]);
  const grouped = useMemo(
    () =>
      new Set(
        layout.group === null
          ? []
          : topology.nodes.filter(({ kind }) => kind === 'realServer').map(({ id }) => id),
      ),
    [topology, layout],
  );
  const standIn = useCallback((id: string) => (grouped.has(id) ? GROUP_ID : id), [grouped]);
  const wires = useMemo(() => wiresOf(topology, ways, standIn), [topology, ways, standIn]);
  const fresh = useFreshHosts(hosts);
  const live = useMemo(() => {
    // Nothing moves on wires whose director has not been heard of: its last figures are history.
    const rates = ratesOf(ways, fresh, standIn);
    const of = (kind: string) => topology.nodes.filter((node) => node.kind === kind).map(({ id }) => id);
    return {
      rates,
      busiest: Math.max(0, ...rates.values()),
      directors: new Map(of('director').map((id) => [id, directorTraffic(topology, hosts, id)])),
      realServers: new Map(of('realServer').map((id) => [id, realServerFigures(topology, hosts, id)])),
    };
  }, [topology, ways, hosts, fresh, standIn]);
  const figures = useMemo(() => ({ layout, wires, hosts, ...live }), [layout, wires, hosts, live]);
  return <Figures.Provider value={figures}>{children}</Figures.Provider>;
}

export function useBoardFigures(): BoardFigures {
  const figures = useContext(Figures);
  if (!figures) throw new Error('useBoardFigures belongs inside BoardFiguresProvider');
  return figures;
}

/** Hosts with a reading of the last seconds; the same map while the same hosts are in it with the same readings. */
function useFreshHosts(hosts: Hosts): Hosts {
  const nowMs = useConsoleNow();
  const gone = [...hosts].filter(([, host]) => freshnessOf(host, nowMs).kind !== 'fresh').map(([id]) => id);
  const key = gone.join(' ');
  return useMemo(() => {
    const left = new Set(key.split(' '));
    return new Map([...hosts].filter(([id]) => !left.has(id)));
  }, [hosts, key]);
}
