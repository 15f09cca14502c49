import type { Edge, Node as FlowNode } from '@xyflow/react';
import type { Wire } from './wires.ts';

export type CardNode = FlowNode<Record<string, never>, 'card'>;
export type CompactNode = FlowNode<Record<string, never>, 'compact'>;
export type FrameNode = FlowNode<Record<string, never>, 'frame'>;
export type BoardNode = CardNode | CompactNode | FrameNode;
export type WireEdge = Edge<{ readonly wire: Wire }, 'wire'>;
