'use client';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useRemove } from '../cluster/remove-provider.tsx';
import { useSelection } from '../cluster/selection.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { Button } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';
import { boardColumns } from '../services/columns.ts';
import { ServicesTable } from '../services/services-table.tsx';
import { useTableState } from '../services/table-state.ts';
import { BoardFiguresProvider } from './board-figures.tsx';
import { BoardHead } from './board-head.tsx';
import { Canvas } from './canvas.tsx';
import { useConnect } from './connect.ts';
import { EmptyBoard } from './empty-board.tsx';
import { NewServiceDialog } from './new-service-dialog.tsx';
import { NewNetworkDialog } from './new-thing-dialogs.tsx';

/** A cluster's home: the canvas, its services under it, and what is selected beside it. */
export function BoardPage() {
  const { topology } = useCluster();
  const [selection, select] = useSelection();
  const [adding, setAdding] = useState<'network' | 'service' | null>(null);
  const remove = useRemove();
  const connect = useConnect(selection);
  const removeNode = (id: string) => {
    const node = topology.nodes.find((one) => one.id === id);
    if (node) remove({ kind: 'node', id }, node.name);
  };
  const close = useCallback(() => setAdding(null), []);
  const openService = useCallback((id: string) => select({ kind: 'service', id }), [select]);
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col">
      <BoardHead />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_352px] max-[1000px]:grid-cols-1 max-[1000px]:overflow-y-auto">
        <div className="flex min-h-0 flex-col border-t border-r border-line bg-panel max-[1000px]:min-h-[640px]">
          <div className="min-h-0 flex-1">
            {topology.nodes.length === 0 ? (
              <EmptyBoard onSelect={select} />
            ) : (
              <BoardFiguresProvider>
                <Canvas
                  selection={selection}
                  onSelect={select}
                  onAdd={setAdding}
                  onRemove={removeNode}
                  onConnect={connect}
                />
              </BoardFiguresProvider>
            )}
          </div>
          <div className="h-[222px] shrink-0 border-t border-line">
            <Services
              selected={selection.kind === 'service' ? selection.id : null}
              onOpen={openService}
              onAdd={() => setAdding('service')}
            />
          </div>
        </div>
        <Inspector selection={selection} onSelect={select} onAdd={setAdding} />
      </div>
      {adding === 'network' ? <NewNetworkDialog onClose={close} /> : null}
      {adding === 'service' ? (
        <NewServiceDialog onClose={close} onCreated={(id) => select({ kind: 'service', id })} />
      ) : null}
    </main>
  );
}

interface ServicesProps {
  readonly selected: string | null;
  readonly onOpen: (serviceId: string) => void;
  readonly onAdd: () => void;
}

function Services({ selected, onOpen, onAdd }: ServicesProps) {
  const t = useTranslations();
  const { topology, mayEdit } = useCluster();
  const { expanded, toggle, sort, sortBy } = useTableState(() =>
    topology.services.slice(0, 1).map(({ id }) => id),
  );
  if (topology.services.length === 0) {
    const mayAdd = topology.nodes.some(({ kind }) => kind === 'director');
    return (
      <div className="-mt-6">
        <Empty
          title={t('board.noServiceTitle')}
          actions={
            mayEdit && mayAdd ? <Button onClick={onAdd}>{t('inspector.newServiceTitle')}</Button> : null
          }
        >
          {t('board.noServiceText')} {mayAdd ? null : t('board.noServiceNodes')}
        </Empty>
      </div>
    );
  }
  return (
    <ServicesTable
      columns={boardColumns}
      filter=""
      sort={sort}
      onSort={sortBy}
      expanded={expanded}
      onToggle={toggle}
      onOpen={onOpen}
      selected={selected}
    />
  );
}
