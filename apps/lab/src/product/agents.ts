import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Machine } from '../machine/machine.ts';
import { ENROL_PORT, OUTSIDE } from '../machine/management-network.ts';
import type { Service } from '../wire/guest-messages.ts';

const JOIN_MS = 90_000;

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

/**
 * Runs a node's join command as an operator would, at the lab's end of the management network: joining needs a way to the
 * console and a folder, and programs start four times as fast outside the lab's kernel.
 */
export async function joinNode(
  enter: Machine['enter'],
  program: AgentProgram,
  joining: { readonly node: string; readonly token: string; readonly ca: string },
): Promise<void> {
  const { node, token, ca } = joining;
  const at = ['--console', `${OUTSIDE}:${ENROL_PORT}`, `--token=${token}`, '--ca', ca];
  const [nsenter = '', ...args] = enter([...command(program, node, 'join'), ...at]);
  await promisify(execFile)(nsenter, args, { timeout: JOIN_MS });
}
