// The wiring of a stage as scripts for `ip -batch`: pure text, so that it can be read and tested.
import type { Stage, StageNode } from '../wire/guest-messages.ts';

/** The bridge that joins every node to the lab itself; not part of any topology. */
export const MANAGEMENT_BRIDGE = 'mgmt';
export const MANAGEMENT_LINK = 'mgmt0';

const bridgeName = (index: number) => `lan${index}`;
/** The outer end of a node's cable. IFNAMSIZ allows 15 characters. */
const outerName = (node: number, link: string) => `n${node}.${link}`;

/** Bridges, and each node's cables with the inner ends moved into the node. `pids` in the order of the nodes. */
export function plugIn(stage: Stage, pids: readonly number[]): string[] {
  const bridges = Array.from({ length: stage.bridges }, (_, index) => [
    `link add ${bridgeName(index)} type bridge mcast_snooping 0`,
    `link set ${bridgeName(index)} up`,
  ]).flat();
  const cables = stage.nodes.flatMap((node, index) =>
    cablesOf(node).flatMap(({ name, bridge }) => {
      const outer = outerName(index, name);
      return [
        `link add ${outer} type veth peer name ${name} netns ${pids[index] ?? 0}`,
        `link set ${outer} master ${bridge} up`,
      ];
    }),
  );
  return [...bridges, ...cables];
}

/** Takes away what `plugIn` made; the names are free again when it returns. */
export function unplug(stage: Stage): string[] {
  const cables = stage.nodes.flatMap((node, index) =>
    cablesOf(node).map(({ name }) => `link del ${outerName(index, name)}`),
  );
  const bridges = Array.from({ length: stage.bridges }, (_, index) => `link del ${bridgeName(index)}`);
  return [...cables, ...bridges];
}

/** What a node does inside: addresses, links up, gateway. */
export function configure(node: StageNode): string[] {
  return [
    'link set lo up',
    `link set ${MANAGEMENT_LINK} address ${hardwareAddress(node.management)}`,
    `addr add ${node.management} dev ${MANAGEMENT_LINK}`,
    `link set ${MANAGEMENT_LINK} up`,
    ...node.links.flatMap((link) => [
      ...link.addresses.map((address) => `addr add ${address} brd + dev ${link.name}`),
      `link set ${link.name} up`,
    ]),
    ...(node.gateway === null ? [] : [`route add default via ${node.gateway}`]),
  ];
}

/**
 * A node that is made anew answers at the hardware address that its neighbours remember: with another one it would
 * stay dark to them for half a minute. Locally administered (02), then the four bytes of the address.
 */
function hardwareAddress(management: string): string {
  const bytes = (management.split('/')[0] ?? '').split('.').map(Number);
  return ['02', '53', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}

const cablesOf = (node: StageNode) => [
  { name: MANAGEMENT_LINK, bridge: MANAGEMENT_BRIDGE },
  ...node.links.map((link) => ({ name: link.name, bridge: bridgeName(link.bridge) })),
];
