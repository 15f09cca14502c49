'use client';
import type { NodeKind } from '@signalbox/cluster';
import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Selection } from '../cluster/selection.ts';
import { newNode, randomId } from '../editor/new-things.ts';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../kit/menu.tsx';
import type { BoardView } from './board-view.ts';
import { order } from './layout.ts';

interface BoardToolsProps {
  readonly view: BoardView;
  readonly onAdd: (what: 'network' | 'service') => void;
  readonly onSelect: (selection: Selection) => void;
}

const look =
  'inline-flex h-8 items-center gap-1 border-r border-line px-2.5 text-ink-2 last:border-0 hover:bg-bg hover:text-ink -outline-offset-2';

/** The palette, and the view. */
export function BoardTools({ view, onAdd, onSelect }: BoardToolsProps) {
  const t = useTranslations('board');
  const kinds = useTranslations('kind');
  const { topology, mayEdit, edit } = useCluster();
  const add = (kind: NodeKind) => {
    const node = newNode(topology, kind, randomId);
    edit({ kind: 'addNode', node });
    onSelect({ kind: 'node', id: node.id });
    // The card has to be there before the view can fit it.
    setTimeout(view.fit, 60);
  };
  const arranged = topology.nodes.every(({ position }) => position === null);
  return (
    <div className="flex overflow-hidden rounded-[7px] border border-line bg-panel text-body">
      {mayEdit ? (
        <Menu
          trigger={
            <button type="button" className={look}>
              <Plus className="size-3.5" aria-hidden />
              {t('add')}
            </button>
          }
        >
          <MenuLabel>{t('addNode')}</MenuLabel>
          {order.map((kind) => (
            <MenuItem key={kind} onSelect={() => add(kind)}>
              {kinds(kind)}
            </MenuItem>
          ))}
          <MenuLine />
          <MenuItem onSelect={() => onAdd('network')}>{t('addNetwork')}</MenuItem>
          <MenuItem onSelect={() => onAdd('service')}>{t('addService')}</MenuItem>
        </Menu>
      ) : null}
      {mayEdit && !arranged ? (
        <button
          type="button"
          className={look}
          onClick={() => {
            edit({ kind: 'moveNodes', positions: new Map(topology.nodes.map(({ id }) => [id, null])) });
            setTimeout(view.fit, 60);
          }}
        >
          {t('arrange')}
        </button>
      ) : null}
      <button type="button" className={look} onClick={view.fit}>
        {t('fit')}
      </button>
      <button type="button" className={look} aria-label={t('zoomIn')} onClick={() => view.zoom('in')}>
        <Plus className="size-3.5" aria-hidden />
      </button>
      <button type="button" className={look} aria-label={t('zoomOut')} onClick={() => view.zoom('out')}>
        <Minus className="size-3.5" aria-hidden />
      </button>
    </div>
  );
}
