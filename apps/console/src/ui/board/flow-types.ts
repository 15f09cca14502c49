import type { Edge, Node as FlowNode } from '@xyflow/react';
import type { Wire } from './wires.ts';

export type CardNode = FlowNode<Record<string, never>, 'card'>;
export type CompactNode = FlowNode<Record<string, never>, 'compact'>;
export type GroupNode = FlowNode<Record<string, never>, 'group'>;
export type BoardNode = CardNode | CompactNode | GroupNode;
export type WireEdge = Edge<{ readonly wire: Wire }, 'wire'>;
