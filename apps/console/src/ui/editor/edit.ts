// Everything an operator can do to a drawing, as data.
import type { Destination, Interface, Network, Node, Vip, VirtualService } from '@signalbox/cluster';

/** Fields of a thing that are changed one by one; what is inside it has edits of its own. */
type Change<T, Fixed extends keyof T = never> = Partial<Omit<T, 'id' | Fixed>>;

export type Edit =
  | { readonly kind: 'renameCluster'; readonly name: string }
  | { readonly kind: 'addNetwork'; readonly network: Network }
  | { readonly kind: 'changeNetwork'; readonly networkId: string; readonly change: Change<Network> }
  | { readonly kind: 'addNode'; readonly node: Node }
  | { readonly kind: 'changeNode'; readonly nodeId: string; readonly change: Change<Node, 'interfaces'> }
  | { readonly kind: 'moveNodes'; readonly positions: ReadonlyMap<string, Node['position']> }
  | { readonly kind: 'addInterface'; readonly nodeId: string; readonly interface: Interface }
  | {
      readonly kind: 'changeInterface';
      readonly nodeId: string;
      readonly interfaceId: string;
      readonly change: Change<Interface>;
    }
  | { readonly kind: 'removeInterface'; readonly nodeId: string; readonly interfaceId: string }
  | { readonly kind: 'addVip'; readonly vip: Vip }
  | { readonly kind: 'changeVip'; readonly vipId: string; readonly change: Change<Vip> }
  | { readonly kind: 'addService'; readonly service: VirtualService }
  | {
      readonly kind: 'changeService';
      readonly serviceId: string;
      readonly change: Change<VirtualService, 'destinations'>;
    }
  | { readonly kind: 'addDestination'; readonly serviceId: string; readonly destination: Destination }
  | {
      readonly kind: 'changeDestination';
      readonly serviceId: string;
      readonly destinationId: string;
      readonly change: Change<Destination>;
    }
  | { readonly kind: 'removeDestination'; readonly serviceId: string; readonly destinationId: string }
  /** A network, node, VIP or service, with everything that cannot be without it. See `removal.ts`. */
  | { readonly kind: 'remove'; readonly what: Thing };

/** Something others may refer to. */
export interface Thing {
  readonly kind: 'network' | 'node' | 'vip' | 'service';
  readonly id: string;
}
