import type { HostState } from './host-state.ts';
import { gatewayNode } from './links.ts';
import { clientAddresses, directReplyRouter } from './replies.ts';
import type { Node } from './topology.ts';
import { nodeOfAddress, type TopologyIndex } from './topology-index.ts';
import { walk, walkOut } from './walk.ts';
import type { Way } from './ways.ts';

/** A router between clients and a service forwards, whatever the service's method. */
export function desiredRouter(index: TopologyIndex, node: Node, ways: readonly Way[]): Partial<HostState> {
  if (node.kind !== 'router' || !ways.some((way) => isBetween(index, node, way))) return {};
  return { sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }] };
}

function isBetween(index: TopologyIndex, router: Node, way: Way): boolean {
  const replyRouter = way.method === 'gate' ? directReplyRouter(index, way) : null;
  if (replyRouter !== null && nodeOfAddress(index, replyRouter) === router) return true;
  const replier = way.method === 'gate' ? way.realServer : way.director;
  const clients = clientAddresses(index);
  const paths =
    clients.length === 0
      ? [walkOut(index, replier)]
      : clients.flatMap((cip) => {
          const client = nodeOfAddress(index, cip);
          return [walk(index, replier, cip), ...(client ? [walk(index, client, way.vip.address)] : [])];
        });
  return paths.some((path) => path.includes(router)) || gatewayNode(index, way.director) === router;
}
