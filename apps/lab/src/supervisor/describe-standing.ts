import type { KernelKind } from '../machine/kernel-choice.ts';
import type { Product } from '../product/product.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Place } from '../state/place.ts';
import type { LabStatus, Setup } from '../wire/control-messages.ts';
import type { GuestState, Stage } from '../wire/guest-messages.ts';

/** What is set up on the kernel. */
export interface Standing {
  readonly setup: Setup;
  readonly scenario: Scenario | null;
  readonly stage: Stage;
  readonly product: Product | null;
}

/** The lab's status: what the kernel says, with what the scenario and the product add. */
export function describeStanding(
  { place, kernel }: { readonly place: Place; readonly kernel: KernelKind },
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
