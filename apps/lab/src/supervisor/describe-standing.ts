import type { LabStatus } from '../wire/control-messages.ts';
import type { GuestState } from '../wire/guest-messages.ts';
import type { LabParts, Standing } from './lab.ts';

/** The lab's status: what the kernel says, with what the scenario and the product add. */
export function describeStanding(
  { place, kernel }: Pick<LabParts, 'place' | 'kernel'>,
  { setup, scenario, product }: Standing,
  guest: GuestState,
): LabStatus {
  const drawn = new Map(scenario?.nodes.map((node) => [node.id, node]));
  return {
    folder: place.folder,
    supervisor: process.pid,
    kernel: { kind: kernel, release: guest.kernel },
    setup,
    nodes: guest.nodes.map((node) => ({
      ...node,
      kind: drawn.get(node.id)?.kind ?? '',
      addresses: drawn.get(node.id)?.links.map((link) => link.address) ?? [],
      agentPort: product?.agentPorts.get(node.id) ?? null,
    })),
    console: product === null ? null : { ...product.access, state: product.console.state() },
  };
}
