// A real console in a folder of its own, with real agents of fake hosts joined to it over real TLS.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@signalbox/db';
import type { Role } from '../../api/contract.ts';
import { consoleRouter } from '../../api/root.ts';
import { createCallerFactory } from '../../api/trpc.ts';
import { type ConsoleOptions, type StartedConsole, startConsole } from '../start-console.ts';
import { type AgentIdentity, enrolAs, type ServedAgent, serveAgent } from './fake-agent.ts';
import { FakeHost } from './fake-host.ts';
import { twoArms } from './two-arms.ts';

const callerFor = createCallerFactory(consoleRouter);
export type Caller = ReturnType<typeof callerFor>;

export type TestOptions = Partial<Pick<ConsoleOptions, 'now' | 'secure'>>;

interface OpenOptions extends TestOptions {
  readonly lines: string[];
}

export class TestConsole implements AsyncDisposable {
  readonly folder: string;
  /** What the console wrote to its log. */
  readonly log: string[];
  readonly #options: OpenOptions;
  #started: StartedConsole;

  private constructor(folder: string, options: OpenOptions, started: StartedConsole) {
    this.folder = folder;
    this.log = options.lines;
    this.#options = options;
    this.#started = started;
  }

  static async start(wish: TestOptions = {}): Promise<TestConsole> {
    const options = { ...wish, lines: [] };
    const folder = await mkdtemp(join(tmpdir(), 'signalbox-console-'));
    return new TestConsole(folder, options, await open(folder, options));
  }

  get enrolPort(): number {
    return this.#started.enrolAt?.port ?? 0;
  }

  get started(): StartedConsole {
    return this.#started;
  }

  /** The API as somebody with this role calls it; null: nobody is signed in. */
  as(role: Role | null): Caller {
    return callerFor({
      console: this.#started.console,
      operator: role && { name: `The ${role}`, email: `${role}@example.org`, role },
    });
  }

  /** Ends the console as SIGTERM does, and starts the next on the same folder. */
  async restart(): Promise<void> {
    await this.#started.close();
    this.#started = await open(this.folder, this.#options);
  }

  async stop(): Promise<void> {
    await this.#started.close();
  }

  async start(): Promise<void> {
    this.#started = await open(this.folder, this.#options);
  }

  /** Looks into the database beside the console. */
  async inDatabase<T>(look: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase(join(this.folder, 'signalbox.db'));
    try {
      return await look(database);
    } finally {
      await database.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#started.close();
    await rm(this.folder, { recursive: true });
  }
}

const open = (data: string, { lines, ...options }: OpenOptions) =>
  startConsole({
    data,
    secure: false,
    enrolment: { listen: { host: '127.0.0.1', port: 0 }, advertise: null },
    log: (line) => lines.push(line),
    ...options,
  });

export interface Joined {
  readonly host: FakeHost;
  readonly identity: AgentIdentity;
  served: ServedAgent;
}

export interface TestCluster extends AsyncDisposable {
  readonly console: TestConsole;
  readonly clusterId: string;
  readonly director: Joined;
  readonly rs1: Joined;
}

/** The two-arms cluster, saved, with the agents of director and rs1 joined and served; rs2 has none. */
export async function testCluster(options?: TestOptions): Promise<TestCluster> {
  const console = await TestConsole.start(options);
  const api = console.as('admin');
  const { id: clusterId, revision } = await api.clusters.create({ name: 'Two arms' });
  const ports = { director: 1, rs1: 1 };
  await api.clusters.save({ clusterId, revision, topology: twoArms(ports) });
  const director = await joinNode(console, clusterId, 'director');
  const rs1 = await joinNode(console, clusterId, 'rs1');
  const topology = twoArms({ director: director.served.port, rs1: rs1.served.port });
  await api.clusters.save({ clusterId, revision: revision + 1, topology });
  return {
    console,
    clusterId,
    director,
    rs1,
    [Symbol.asyncDispose]: async () => {
      await console[Symbol.asyncDispose]();
      await director.served.stop();
      await rs1.served.stop();
    },
  };
}

export async function joinNode(console: TestConsole, clusterId: string, nodeId: string): Promise<Joined> {
  const { command } = await console.as('operator').nodes.join({ clusterId, nodeId });
  const identity = await enrolAs(console.enrolPort, tokenOf(command));
  const host = new FakeHost(nodeId);
  return { host, identity, served: await serveAgent(host, identity) };
}

export const tokenOf = (command: string): string => /--token (\S+)/.exec(command)?.[1] ?? '';

/** Asks until the answer is right, for at most ten seconds. */
export async function eventually<T>(
  ask: () => Promise<T>,
  right: (answer: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
    if (performance.now() > until) throw new Error(`Not in time: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
