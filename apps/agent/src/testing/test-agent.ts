// An agent as its console meets it: real HTTPS, real tRPC, real files; only the kernel is a model.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { type AgentRouter, agentServerName } from '@signalbox/agent-api';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { Agent as Dispatcher, fetch } from 'undici';
import { createAgent, type HostAgent } from '../agent/create-agent.ts';
import { openMemory } from '../agent/memory.ts';
import { renewableIdentity } from '../renewal/renewable-identity.ts';
import { startAgentServer } from '../server/agent-server.ts';
import { storeIdentity } from '../state/identity.ts';
import type { FakeKernel } from './fake-kernel.ts';
import { agentLeaf, type Certified, consoleLeaf, type TestCa, testCa } from './test-ca.ts';

export const NODE = 'node1';

/** A folder that goes when its scope ends. */
export async function scratchFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'signalbox-agent-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface OpenedAgent {
  readonly agent: HostAgent;
  readonly lines: string[];
}

/** The agent's core alone, as a starting process would open it. */
export async function openAgent(
  kernel: FakeKernel,
  folder: string,
  sampleIntervalMs = 20,
): Promise<OpenedAgent> {
  const lines: string[] = [];
  const memory = await openMemory(folder, await kernel.bootId());
  const host = { kernel, memory, log: (line: string) => lines.push(line) };
  return { agent: createAgent({ host, nodeId: NODE, sampleIntervalMs }), lines };
}

/** A bare connection as the console makes it. */
export async function dialAsConsole({ ca, port }: Pick<ServedAgent, 'ca' | 'port'>): Promise<TLSSocket> {
  const { key, certificate } = await ca.issue(consoleLeaf);
  const socket = connect({
    port,
    host: '127.0.0.1',
    ca: ca.certificate,
    servername: agentServerName(NODE),
    key,
    cert: certificate,
  });
  await once(socket, 'secureConnect');
  return socket;
}

export type Client = ReturnType<typeof createTRPCClient<AgentRouter>>;

export interface ServedAgent extends OpenedAgent, AsyncDisposable {
  readonly port: number;
  readonly folder: string;
  readonly ca: TestCa;
  /** A client with this certificate; the console's when none is given. */
  client(certified?: Certified): Promise<Client>;
}

/** The agent behind its real door. */
export async function serveAgent(kernel: FakeKernel): Promise<ServedAgent> {
  const folder = await scratchFolder();
  const { agent, lines } = await openAgent(kernel, folder.path);
  const ca = await testCa();
  const identity = {
    nodeId: NODE,
    console: 'test:8421',
    joinedAt: '2026-01-01T00:00:00.000Z',
    ca: ca.certificate,
    ...(await ca.issue(agentLeaf(NODE))),
  };
  await storeIdentity(folder.path, identity);
  const log = (line: string) => lines.push(line);
  const listener = await startAgentServer({
    agent,
    identity: renewableIdentity({ folder: folder.path, identity, log }),
    at: { host: '127.0.0.1', port: 0 },
    log,
  });
  const dispatchers: Dispatcher[] = [];
  return {
    agent,
    lines,
    folder: folder.path,
    ca,
    port: listener.port,
    client: async (certified) => {
      const { client, dispatcher } = connectTo(listener.port, ca, certified ?? (await ca.issue(consoleLeaf)));
      dispatchers.push(dispatcher);
      return client;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
      await agent.close();
      await listener.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Calls travel over the dispatcher: who destroys it ends them. */
export function connectTo(port: number, ca: TestCa, { key, certificate }: Certified) {
  const dispatcher = new Dispatcher({
    connect: { key, cert: certificate, ca: ca.certificate, servername: agentServerName(NODE) },
  });
  return { dispatcher, client: clientThrough(dispatcher, port) };
}

function clientThrough(dispatcher: Dispatcher, port: number): Client {
  const url = `https://127.0.0.1:${port}`;
  const through = (input: string | URL | Request, init?: object) =>
    fetch(input instanceof Request ? input.url : input, {
      ...init,
      dispatcher,
    }) as unknown as Promise<Response>; // undici's own answer: only its fetch takes our dispatcher
  return createTRPCClient<AgentRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, EventSource, eventSourceOptions: { fetch: through } }),
        false: httpLink({ url, fetch: through }),
      }),
    ],
  });
}
