// The product in the lab: the console on the host, an agent on every node, and the ways between them.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { restartable, type RestartableService } from '../processes/restartable-service.ts';
import { signIn } from '../client/signed-in-console.ts';
import type { Machine } from '../machine/machine.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Place } from '../state/place.ts';
import type { GuestClient } from '../supervisor/guest-client.ts';
import { programIn } from '../supervisor/programs-layout.ts';
import type { ConsoleAccess } from '../wire/control-messages.ts';
import type { LogLine, Service, Stage } from '../wire/guest-messages.ts';
import { agentService, joinNode } from './agents.ts';
import { answered } from './answering.ts';
import { type ProvisionedConsole, provisionConsole, runConsole } from './console.ts';
import { drawnTopology } from './drawn-topology.ts';
import { freePort } from './free-port.ts';
import { openRelays, type Relays } from './relays.ts';

const AT_A_TIME = 6;

export interface Product {
  readonly access: ConsoleAccess;
  readonly console: RestartableService;
  readonly agentPorts: ReadonlyMap<string, number>;
  /** What we run on a node, beside what the scenario runs there. */
  servicesOn(node: string): Service[];
  /** Ends the console and closes the ways. The agents end with their nodes. */
  close(): Promise<void>;
}

export interface ProductWish {
  readonly place: Place;
  readonly guest: GuestClient;
  readonly scenario: Scenario;
  readonly stage: Stage;
  /** Settles when the stage's machines are up. */
  readonly machines: Promise<unknown>;
  readonly consolePort: number;
  readonly enter: Machine['enter'];
  readonly say: (line: string) => void;
  readonly log: (line: LogLine) => void;
}

/** Sets the console up while the machines come up, then joins every node and starts its agent. */
export async function startProduct(wish: ProductWish): Promise<Product> {
  await using undo = new AsyncDisposableStack();
  const { place, guest, stage, log } = wish;
  // It is waited for below; until then its failure is nobody's.
  wish.machines.catch(() => undefined);
  const enrolPort = await freePort();
  const port = await freePort(wish.consolePort);
  const data = await mkdtemp(join(place.console, 'data-'));
  undo.defer(() => rm(data, { recursive: true, force: true }));
  const states = await mkdtemp(join(place.shared, 'agents', 'run-'));
  undo.defer(() => rm(states, { recursive: true, force: true }));
  const program = { bundle: join(programIn(place, 'agent'), 'agent.mjs'), states };
  const nodes = stage.nodes.map(({ id, management }) => ({ id, address: management.split('/')[0] ?? '' }));

  const relays = await openRelays({
    gate: place.gate,
    nodes,
    enrolment: { socket: place.enrolment, port: enrolPort },
  });
  undo.defer(() => relays.close());
  const provisioned = await provisionConsole(data, drawnTopology(wish.scenario, relays.agentPorts));
  const console = restartable(() =>
    runConsole({ data, port, enrolPort }, (text) => log({ node: 'console', service: 'console', text })),
  );
  undo.defer(() => console.stop());
  await console.ready();
  wish.say(`console: up at http://127.0.0.1:${port}`);
  const access = accessOf(provisioned, port);
  const api = await signIn(access);
  const services = new Map(nodes.map((node) => [node.id, agentService(program, node)]));
  await inParallel(nodes, async ({ id }) => {
    await joinNode(wish.enter, program, {
      node: id,
      token: provisioned.tokens[id] ?? '',
      ca: provisioned.ca,
    });
    await wish.machines;
    await guest.ask({ kind: 'start', node: id, service: serviceOf(services, id) });
  });
  await Promise.all(nodes.map(({ id }) => answered(api, id)));
  wish.say(`agents: ${nodes.length} joined, and the console has heard each`);
  return running({ access, console, relays, services, undo: undo.move() });
}

/** Works on a few at a time: each is a process, and forty nodes would be forty at once. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}

const accessOf = ({ email, password, clusterId }: ProvisionedConsole, port: number): ConsoleAccess => ({
  url: `http://127.0.0.1:${port}`,
  email,
  password,
  clusterId,
});

interface Parts {
  readonly access: ConsoleAccess;
  readonly console: RestartableService;
  readonly relays: Relays;
  readonly services: ReadonlyMap<string, Service>;
  readonly undo: AsyncDisposableStack;
}

const running = ({ access, console, relays, services, undo }: Parts): Product => ({
  access,
  console,
  agentPorts: relays.agentPorts,
  servicesOn: (node) => [services.get(node) ?? []].flat(),
  close: () => undo.disposeAsync(),
});

function serviceOf(services: ReadonlyMap<string, Service>, node: string): Service {
  const service = services.get(node);
  if (service === undefined) throw new Error(`${node} has no agent`);
  return service;
}
