// Where things stand on the board: columns from left to right as packets travel. Pure, in the board's own units.
import type { Node, NodeKind, Topology } from '@signalbox/cluster';

export const CARD = { width: 184, gap: 26 } as const;
export const COMPACT = { width: 148, height: 44, gap: 7, pad: 12, title: 26 } as const;

/** More real servers than this stand in a grid of compact cards inside one frame. */
export const FULL_CARDS = 4;

/** The id of that frame; no node of a topology can have it. */
export const GROUP_ID = '#real-servers';

export const order: readonly NodeKind[] = ['client', 'router', 'director', 'realServer', 'mysql'];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Column {
  readonly kind: NodeKind;
  readonly x: number;
  readonly width: number;
}

export interface BoardLayout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly columns: readonly Column[];
  /** The frame around the grid of real servers; null while they are few. */
  readonly group: Box | null;
}

/** What the board is laid out for; fitting scales the rest. */
const BOARD_WIDTH = 1000;

export function layoutOf(topology: Topology): BoardLayout {
  const present = order
    .map((kind) => ({ kind, nodes: topology.nodes.filter((node) => node.kind === kind) }))
    .filter(({ nodes }) => nodes.length > 0);
  const widths = present.map(({ kind, nodes }) => columnWidth(kind, nodes.length));
  const cards = widths.reduce((sum, width) => sum + width, 0);
  const gap = clamp((BOARD_WIDTH - cards) / Math.max(1, present.length - 1), 64, 150);
  const boxes = new Map<string, Box>();
  const columns: Column[] = [];
  let group: Box | null = null;
  let x = 0;
  for (const [i, { kind, nodes }] of present.entries()) {
    const width = widths[i] ?? CARD.width;
    columns.push({ kind, x, width });
    if (isGrid(kind, nodes.length)) group = placeGrid(nodes, x, boxes);
    else placeColumn(nodes, x, boxes);
    x += width + gap;
  }
  return { boxes, columns, group };
}

export const isGrid = (kind: NodeKind, count: number): boolean => kind === 'realServer' && count > FULL_CARDS;

/** As many as stand on a full card; the rest is counted. */
export const SHOWN_ADDRESSES = 2;

function placeColumn(nodes: readonly Node[], x: number, boxes: Map<string, Box>): void {
  const heights = nodes.map(cardHeight);
  // Few cards may breathe: wires between them stay apart.
  const gap = nodes.length <= 2 ? 84 : CARD.gap;
  const total = heights.reduce((sum, height) => sum + height, 0) + gap * (nodes.length - 1);
  let y = -total / 2;
  for (const [i, node] of nodes.entries()) {
    const height = heights[i] ?? 0;
    // What was dragged stays where it was put.
    boxes.set(node.id, { ...(node.position ?? { x, y }), width: CARD.width, height });
    y += height + gap;
  }
}

function placeGrid(nodes: readonly Node[], x: number, boxes: Map<string, Box>): Box {
  const { rows, columns } = gridOf(nodes.length);
  const width = gridWidth(columns);
  const height = COMPACT.title + rows * (COMPACT.height + COMPACT.gap) - COMPACT.gap + COMPACT.pad;
  const top = -height / 2;
  for (const [i, node] of nodes.entries())
    boxes.set(node.id, {
      x: x + COMPACT.pad + Math.floor(i / rows) * (COMPACT.width + COMPACT.gap),
      y: top + COMPACT.title + (i % rows) * (COMPACT.height + COMPACT.gap),
      width: COMPACT.width,
      height: COMPACT.height,
    });
  return { x, y: top, width, height };
}

/** A little taller than wide, filled column by column. */
function gridOf(count: number): { readonly rows: number; readonly columns: number } {
  const rows = Math.min(count, Math.max(4, Math.ceil(Math.sqrt(count * 2.5))));
  return { rows, columns: Math.ceil(count / rows) };
}

const gridWidth = (columns: number) =>
  columns * (COMPACT.width + COMPACT.gap) - COMPACT.gap + 2 * COMPACT.pad;

const columnWidth = (kind: NodeKind, count: number) =>
  isGrid(kind, count) ? gridWidth(gridOf(count).columns) : CARD.width;

/** As the card is drawn: name, addresses, where there is no agent a line that says so, one line of figures on a real server and two on the others. */
function cardHeight(node: Node): number {
  const addresses = node.interfaces.flatMap((device) => device.addresses).length;
  const lines = clamp(addresses, 1, SHOWN_ADDRESSES);
  const noAgent = node.agent === null ? 17 : 0;
  return 71 + 18 * lines + noAgent + (node.kind === 'realServer' ? 0 : 21);
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
