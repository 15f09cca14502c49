'use client';
import type { NodeKind } from '@signalbox/cluster';
import { useNodes, useViewport } from '@xyflow/react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { captionsOf } from './captions.ts';
import type { BoardNode } from './flow-types.ts';
import { GROUP_ID } from './layout.ts';

const titles = {
  client: 'columnClient',
  router: 'columnRouter',
  director: 'columnDirector',
  realServer: 'columnRealServer',
  mysql: 'columnMysql',
} as const satisfies Record<NodeKind, string>;

/** Names of the columns along the top of the canvas, over their cards wherever these and the view are moved to. */
export function ColumnTitles() {
  const t = useTranslations('board');
  const { x, zoom } = useViewport();
  const lefts = useLefts();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 z-10 h-9 overflow-hidden bg-linear-to-b from-panel from-70% to-panel/0">
      {captionsOf(lefts).map((caption) => (
        <span
          key={caption.kinds.join(' ')}
          data-caption
          className="absolute top-3.5 truncate text-tiny font-medium tracking-[0.02em] text-ink-3"
          style={{
            left: x + caption.x * zoom,
            maxWidth: caption.room === null ? undefined : caption.room * zoom - 8,
          }}
        >
          {caption.kinds.map((kind) => t(titles[kind])).join(' · ')}
        </span>
      ))}
    </div>
  );
}

/** Where cards begin now, also while one is dragged. */
function useLefts() {
  const { topology } = useCluster();
  const kinds = new Map<string, NodeKind>(topology.nodes.map(({ id, kind }) => [id, kind]));
  kinds.set(GROUP_ID, 'realServer');
  return useNodes<BoardNode>().flatMap(({ id, position }) => {
    const kind = kinds.get(id);
    return kind ? [{ kind, x: position.x }] : [];
  });
}
