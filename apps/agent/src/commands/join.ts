import { CaFingerprint } from '@signalbox/agent-api';
import { parseHostPort } from '../host-port.ts';
import { enrol } from '../join/enrol.ts';
import type { Log } from '../log.ts';
import { OperatorError } from '../operator-error.ts';
import { loadIdentity, storeIdentity } from '../state/identity.ts';

export interface JoinOptions {
  readonly console: string;
  readonly token: string;
  readonly ca: string;
  readonly state: string;
  /** Joins again although this folder holds an identity: after the node was removed from its console, say. */
  readonly again: boolean;
}

const JOIN_MS = 20_000;

/** Makes this host a node of the console that made the join command. */
export async function join(options: JoinOptions, log: Log): Promise<void> {
  const at = parseHostPort(options.console);
  if (!at) throw new OperatorError(`--console ${options.console}: expected HOST:PORT.`);
  const ca = CaFingerprint.safeParse(options.ca);
  if (!ca.success)
    throw new OperatorError('--ca: expected sha256: and 43 characters, as in the join command.');
  const before = options.again ? null : await loadIdentity(options.state);
  if (before)
    throw new OperatorError(
      `This host has joined ${before.console} as ${before.nodeId} already. To join anew, add --again.`,
    );
  const command = { console: at, token: options.token, ca: ca.data };
  const identity = await enrol(command, AbortSignal.timeout(JOIN_MS));
  await storeIdentity(options.state, identity);
  log(`Joined ${identity.console} as ${identity.nodeId}.`);
}
