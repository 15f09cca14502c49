import type { Node, Topology } from '@signalbox/cluster';

export type TabName = 'live' | 'edit';

/** Where the details of a node open. One that was just placed has nothing to show yet, and everything to be filled in. Pure. */
export const firstTab = ({ id, agent }: Pick<Node, 'id' | 'agent'>, applied: Topology | null): TabName =>
  agent === null && applied?.nodes.some((node) => node.id === id) !== true ? 'edit' : 'live';
