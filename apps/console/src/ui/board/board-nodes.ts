'use client';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Selection } from '../cluster/selection.ts';
import { useBoardFigures } from './board-figures.tsx';
import type { BoardNode } from './flow-types.ts';
import { GROUP_ID, isGrid } from './layout.ts';

const noData: Record<string, never> = {};

/** The drawing as the canvas takes it. Figures are not in it: cards read those themselves. */
export function useBoardNodes(selection: Selection): BoardNode[] {
  const { topology, mayEdit } = useCluster();
  const { layout } = useBoardFigures();
  const label = useNodeLabel();
  const selected = selection.kind === 'node' ? selection.id : null;
  return useMemo(() => {
    const servers = topology.nodes.filter(({ kind }) => kind === 'realServer').length;
    const cards = topology.nodes.flatMap((node): BoardNode[] => {
      const box = layout.boxes.get(node.id);
      if (!box) return [];
      const compact = isGrid(node.kind, servers);
      return [
        {
          id: node.id,
          type: compact ? 'compact' : 'card',
          position: { x: box.x, y: box.y },
          data: noData,
          selected: node.id === selected,
          draggable: mayEdit && !compact,
          ariaLabel: label(node.kind, node.name),
          zIndex: 1,
        },
      ];
    });
    if (layout.group === null) return cards;
    const { x, y, width, height } = layout.group;
    const frame: BoardNode = {
      id: GROUP_ID,
      type: 'frame',
      position: { x, y },
      width,
      height,
      data: noData,
      draggable: false,
      selectable: false,
      focusable: false,
      zIndex: 0,
    };
    return [frame, ...cards];
  }, [topology, layout, selected, mayEdit, label]);
}

function useNodeLabel(): (kind: keyof typeof kinds, name: string) => string {
  const t = useTranslations('kind');
  return useMemo(() => (kind, name) => `${t(kinds[kind])} ${name}`, [t]);
}

const kinds = {
  client: 'client',
  router: 'router',
  director: 'director',
  realServer: 'realServer',
  mysql: 'mysql',
} as const;
