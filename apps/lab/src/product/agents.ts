import { join } from 'node:path';
import { ENROL_PORT, OUTSIDE } from '../machine/management-network.ts';
import type { GuestClient } from '../supervisor/guest-client.ts';
import type { Service } from '../wire/guest-messages.ts';
import { runToEnd } from '../wire/run-to-end.ts';

export interface AgentProgram {
  /** The agent's bundle, as the kernel sees it. */
  readonly bundle: string;
  /** Folder with a state folder per node. */
  readonly states: string;
}

const command = ({ bundle, states }: AgentProgram, node: string, verb: 'join' | 'run') => [
  process.execPath,
  bundle,
  verb,
  '--state',
  join(states, node),
];

/** The agent of a node as a service: it runs as systemd would run it, and is up when it listens. */
export const agentService = (
  program: AgentProgram,
  node: { readonly id: string; readonly address: string },
): Service => ({
  name: 'agent',
  argv: [...command(program, node.id, 'run'), '--listen', `${node.address}:7420`],
  env: {},
  restart: 'always',
  readyText: ' listens on ',
});

/** Runs the join command on a node, as an operator would. */
export async function joinNode(
  guest: GuestClient,
  program: AgentProgram,
  joining: { readonly node: string; readonly token: string; readonly ca: string },
): Promise<void> {
  const { node, token, ca } = joining;
  const at = ['--console', `${OUTSIDE}:${ENROL_PORT}`, '--token', token, '--ca', ca];
  const channel = await guest.open({
    kind: 'exec',
    place: { kind: 'node', node },
    argv: [...command(program, node, 'join'), ...at],
    env: {},
    cwd: null,
  });
  const ran = await runToEnd(channel);
  if (ran?.code !== 0)
    throw new Error(`${node} could not join the console: ${ran?.stderr ?? 'the kernel went away'}`);
}
