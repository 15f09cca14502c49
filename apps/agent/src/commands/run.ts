import { X509Certificate } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKernel } from '@signalbox/kernel';
import { createAgent } from '../agent/create-agent.ts';
import type { Host } from '../agent/host.ts';
import { openMemory } from '../agent/memory.ts';
import { createUrgency } from '../agent/urgency.ts';
import { type HostPort, hostPortText, parseHostPort } from '../host-port.ts';
import type { Log } from '../log.ts';
import { OperatorError } from '../operator-error.ts';
import { startAgentServer } from '../server/agent-server.ts';
import { renewableIdentity, type RenewableIdentity } from '../renewal/renewable-identity.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { lockFolder } from '../state/folder-lock.ts';
import { type Identity, loadIdentity } from '../state/identity.ts';

export interface RunOptions {
  readonly state: string;
  readonly listen: string;
}

const SAMPLE_MS = 1000;
const EXPIRY_WARNING_MS = 14 * 86_400_000;
/** What is being written when we are told to end may take this long; what is cut short is rolled forward at the next start. */
const LAST_WRITE_MS = 10_000;

/** Runs the agent until `signal` aborts. The kernel keeps what it has when the agent ends. */
export async function run(options: RunOptions, log: Log, signal: AbortSignal): Promise<void> {
  keepHeapSmall();
  const at = parseHostPort(options.listen);
  if (!at) throw new OperatorError(`--listen ${options.listen}: expected ADDRESS:PORT.`);
  const identity = await loadIdentity(options.state);
  if (!identity) throw new OperatorError(`This host has not joined a console: run "agent join" first.`);
  const lock = await lockFolder(options.state);
  if (!lock) throw new OperatorError(`Another agent runs on ${options.state}.`);
  const kernel = await openKernel();
  try {
    const memory = await openMemory(options.state, await kernel.bootId());
    const renewable = renewableIdentity({ folder: options.state, identity, log });
    await serve({ host: { kernel, memory, log }, identity: renewable, at, signal });
  } finally {
    await kernel.close();
    await lock.release();
  }
}

interface Service {
  readonly host: Host;
  readonly identity: RenewableIdentity;
  readonly at: HostPort;
  readonly signal: AbortSignal;
}

async function serve({ host, identity, at, signal }: Service): Promise<void> {
  const { log } = host;
  const { nodeId, console } = identity.current();
  logExpiry(identity.current(), log);
  await logWhatIsMissing(host);
  const agent = createAgent({ host, nodeId, sampleIntervalMs: SAMPLE_MS, hurry: createUrgency() });
  // First in line: what the console asks for comes after what is in force.
  const restoring = agent.restore(signal);
  const ended = () => Promise.race([agent.close(), sleep(LAST_WRITE_MS, undefined, { ref: false })]);
  const listener = await startAgentServer({ agent, identity, at, log }).catch(async (error: unknown) => {
    await ended();
    throw error;
  });
  log(`${nodeId} listens on ${hostPortText({ ...at, port: listener.port })} for ${console}.`);
  try {
    await Promise.all([restoring, aborted(signal)]);
    log('Ending. The kernel keeps what it has.');
  } finally {
    await ended();
    await listener.close();
  }
}

/** Its console has had two weeks to renew it: the operator hears of it while there is time. */
function logExpiry({ certificate }: Identity, log: Log): void {
  const end = new X509Certificate(certificate).validToDate;
  if (end.getTime() - Date.now() < EXPIRY_WARNING_MS)
    log(
      `This host's certificate ends on ${end.toISOString()}, unless its console renews it before. If it does not, make a new join command, and join with --again.`,
    );
}

async function logWhatIsMissing({ kernel, log }: Host): Promise<void> {
  const missing = await kernel.missingIpvs();
  if (missing) log(`Kernel ${missing.kernelRelease} has no IPVS. ${missing.reason} ${missing.remedy}`);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
