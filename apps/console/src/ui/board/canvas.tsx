'use client';
import {
  Background,
  BackgroundVariant,
  type Connection,
  type NodeChange,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useNodesState,
} from '@xyflow/react';
import { type KeyboardEvent, useCallback, useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Selection } from '../cluster/selection.ts';
import { BoardTools } from './board-tools.tsx';
import { fitting, useBoardView } from './board-view.ts';
import { ColumnTitles } from './column-titles.tsx';
import { CompactCard, GroupFrame } from './compact-card.tsx';
import type { BoardNode, WireEdge as WireEdgeType } from './flow-types.ts';
import { GROUP_ID } from './layout.ts';
import { Legend } from './legend.tsx';
import { NodeCard } from './node-card.tsx';
import { useBoardNodes } from './board-nodes.ts';
import { useBoardFigures } from './board-figures.tsx';
import { ArrowHeads, WireEdge } from './wire-edge.tsx';

const nodeTypes = { card: NodeCard, compact: CompactCard, frame: GroupFrame };
const edgeTypes = { wire: WireEdge };

interface CanvasProps {
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onAdd: (what: 'network' | 'service') => void;
  /** Somebody asked to take a node out. */
  readonly onRemove: (nodeId: string) => void;
  /** A wire was drawn by hand from a director to a real server. */
  readonly onConnect: (directorId: string, realServerId: string) => void;
}

export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

function Flow({ selection, onSelect, onAdd, onRemove, onConnect }: CanvasProps) {
  const t = useTranslations('board');
  const { topology, mayEdit, edit } = useCluster();
  const { wires } = useBoardFigures();
  const view = useBoardView();
  const drawn = useBoardNodes(selection);
  const [nodes, setNodes, onNodesChange] = useNodesState<BoardNode>(drawn);
  // What the board measured stays with each node; everything else comes from the drawing.
  useEffect(() => {
    setNodes((before) => {
      const known = new Map(before.map((node) => [node.id, node]));
      return drawn.map((node) => ({ ...known.get(node.id), ...node }));
    });
  }, [drawn, setNodes]);
  const edges = useMemo(
    () =>
      wires.map(
        (wire): WireEdgeType => ({
          id: wire.id,
          type: 'wire',
          source: wire.from,
          target: wire.to,
          data: { wire },
          focusable: false,
          selectable: false,
        }),
      ),
    [wires],
  );

  const onChange = useCallback(
    (changes: NodeChange<BoardNode>[]) => {
      onNodesChange(changes);
      for (const change of changes)
        if (change.type === 'select' && change.selected && change.id !== GROUP_ID)
          onSelect({ kind: 'node', id: change.id });
    },
    [onNodesChange, onSelect],
  );
  const kindOf = (id: string | null) => topology.nodes.find((node) => node.id === id)?.kind;
  const mayConnect = ({ source, target }: { source: string | null; target: string | null }) =>
    kindOf(source) === 'director' && kindOf(target) === 'realServer';
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const id = event.target.closest('.react-flow__node')?.getAttribute('data-id');
    if (!id || id === GROUP_ID) return;
    if (event.key === 'Enter') {
      onSelect({ kind: 'node', id });
      document.querySelector<HTMLElement>('#inspector')?.focus();
    }
    if (mayEdit && (event.key === 'Delete' || event.key === 'Backspace')) onRemove(id);
  };

  return (
    // The keys belong to the nodes inside, which React Flow makes focusable buttons.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={t('canvas', { name: topology.name })}
      className="relative h-full"
      onKeyDown={onKeyDown}
    >
      <ArrowHeads />
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onChange}
        onMoveStart={view.onMoveStart}
        onPaneClick={() => onSelect({ kind: 'cluster' })}
        onNodeDragStop={(_, __, moved) =>
          edit({
            kind: 'moveNodes',
            positions: new Map(moved.map(({ id, position }) => [id, roundedPosition(position)])),
          })
        }
        onConnect={({ source, target }: Connection) => onConnect(source, target)}
        isValidConnection={mayConnect}
        nodesDraggable={mayEdit}
        edgesFocusable={false}
        elementsSelectable
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        minZoom={0.25}
        maxZoom={1.6}
        fitView
        fitViewOptions={fitting}
        proOptions={{ hideAttribution: false }}
        attributionPosition="top-right"
        onlyRenderVisibleElements={topology.nodes.length > 100}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--grid)" />
        <ColumnTitles />
        <Panel position="bottom-left" className="!mx-5 !my-3.5 max-[720px]:!mx-3 max-[720px]:!mb-[58px]">
          <Legend />
        </Panel>
        <Panel position="bottom-right" className="!m-3.5">
          <BoardTools view={view} onAdd={onAdd} onSelect={onSelect} />
        </Panel>
      </ReactFlow>
    </section>
  );
}

const roundedPosition = ({ x, y }: { x: number; y: number }) => ({ x: Math.round(x), y: Math.round(y) });
