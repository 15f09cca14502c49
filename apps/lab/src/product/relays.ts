import type { Server } from 'node:net';
import { carryInward, carryToLoopback, portOf } from '../relay/carry.ts';

/** Ways between the host's loopback and the lab's network. */
export interface Relays {
  /** By node id: the loopback port that leads to the node's agent. */
  readonly agentPorts: ReadonlyMap<string, number>;
  close(): void;
}

const AGENT_PORT = 7420;

/** Opens a loopback port per node, and the way from the nodes to the console's enrolment. */
export async function openRelays(wanted: {
  readonly gate: string;
  readonly nodes: readonly { readonly id: string; readonly address: string }[];
  readonly enrolment: { readonly socket: string; readonly port: number };
}): Promise<Relays> {
  const servers: Server[] = [await carryToLoopback(wanted.enrolment)];
  const agentPorts = new Map<string, number>();
  for (const { id, address } of wanted.nodes) {
    const server = await carryInward(wanted.gate, { host: address, port: AGENT_PORT });
    servers.push(server);
    agentPorts.set(id, portOf(server));
  }
  return {
    agentPorts,
    // Connections that are open end with the nodes they lead to.
    close: () => {
      for (const server of servers) server.close();
    },
  };
}
