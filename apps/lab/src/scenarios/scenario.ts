// What a scenario is: machines with facts (as an operator would find them) and the cluster that is drawn over them.
import type { Topology } from '@signalbox/cluster';
import { managementAddress, PREFIX } from '../machine/management-network.ts';
import type { Service, Stage, StageNode } from '../wire/guest-messages.ts';

type NodeKind = Topology['nodes'][number]['kind'];

export interface ScenarioNetwork {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
}

export interface ScenarioLink {
  readonly network: string;
  /** With prefix length. */
  readonly address: string;
}

export interface ScenarioNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** eth0, eth1, ... in this order. */
  readonly links: readonly ScenarioLink[];
  readonly gateway: string | null;
  /** A machine that forwards by itself, before anybody manages it. */
  readonly forwards: boolean;
}

export interface Scenario {
  readonly name: string;
  /** What the cluster is called on the screen. */
  readonly title: string;
  readonly networks: readonly ScenarioNetwork[];
  readonly nodes: readonly ScenarioNode[];
  /** The service that is drawn: its VIP, the director that holds it. */
  readonly service: { readonly vip: string; readonly port: number; readonly directorId: string };
}

export const linkName = (index: number) => `eth${index}`;

/** The machines of a scenario for the kernel. `servicesOf` says what runs on a node from the start. */
export function stageOf(scenario: Scenario, servicesOf: (node: ScenarioNode) => Service[]): Stage {
  const bridgeOf = (network: string) => {
    const index = scenario.networks.findIndex(({ id }) => id === network);
    if (index < 0) throw new Error(`scenario ${scenario.name} has no network ${network}`);
    return index;
  };
  const nodes = scenario.nodes.map(
    (node, index): StageNode => ({
      id: node.id,
      name: node.name,
      management: `${managementAddress(index)}/${PREFIX}`,
      links: node.links.map(({ network, address }, link) => ({
        name: linkName(link),
        bridge: bridgeOf(network),
        addresses: [address],
      })),
      gateway: node.gateway,
      sysctls: factsOf(node),
      services: servicesOf(node),
    }),
  );
  return { bridges: scenario.networks.length, nodes };
}

/**
 * The kernel's defaults, said aloud: on the host's own kernel a new namespace inherits what the host was set to. But for
 * a director's table of connections, which loses requests while it grows (docs/decisions/004).
 */
const factsOf = (node: ScenarioNode): Record<string, string> => ({
  'net/ipv4/ip_forward': node.forwards ? '1' : '0',
  'net/ipv4/conf/all/rp_filter': '0',
  'net/ipv4/conf/default/rp_filter': '0',
  ...(node.kind === 'director' ? { 'net/ipv4/vs/conn_lfactor': '-8' } : {}),
});
