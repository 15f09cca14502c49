import type { KernelKind } from '../machine/kernel-choice.ts';
import type { Machine } from '../machine/machine.ts';
import { startProduct } from '../product/product.ts';
import { scenarioFor } from '../scenarios/by-name.ts';
import { stageOf } from '../scenarios/scenario.ts';
import type { Place } from '../state/place.ts';
import type { ControlRequest, LabStatus, Setup } from '../wire/control-messages.ts';
import type { LogLine, Service } from '../wire/guest-messages.ts';
import { describeStanding, type Standing } from './describe-standing.ts';
import type { GuestClient } from './guest-client.ts';
import { webServersOn } from './web-servers.ts';

export type ServiceRequest = Extract<ControlRequest, { service: string }>;

/** A running lab: one kernel, and whatever is set up on it. */
export interface Lab {
  readonly guest: GuestClient;
  /** Takes down what is set up and sets up something else; later calls wait for earlier ones. */
  reset(setup: Setup): Promise<LabStatus>;
  status(): Promise<LabStatus>;
  service(request: ServiceRequest): Promise<void>;
  askToStop(): void;
  /** Ends what runs on the host; the kernel's side ends with the kernel. */
  close(): Promise<void>;
}

export interface LabParts {
  readonly place: Place;
  readonly kernel: KernelKind;
  readonly guest: GuestClient;
  readonly enter: Machine['enter'];
  /** The console's port when it is free. */
  readonly consolePort: number;
  readonly say: (line: string) => void;
  readonly log: (line: LogLine) => void;
  readonly askToStop: () => void;
}

const NOTHING: Standing = {
  setup: { scenario: null, realServers: 2, product: false },
  scenario: null,
  stage: { bridges: 0, nodes: [] },
  product: null,
};

/** The console is no node, but what can be done to a node's programs can be done to it. */
const CONSOLE = 'console';

/** The lab over a kernel that is up. */
export function labOver(parts: LabParts): Lab {
  const { place, guest, say } = parts;
  let standing = NOTHING;
  let turn: Promise<unknown> = Promise.resolve();

  async function takeDown(): Promise<void> {
    const { product } = standing;
    standing = NOTHING;
    await product?.close();
  }

  async function setUp(setup: Setup): Promise<LabStatus> {
    await takeDown();
    const scenario = scenarioFor(setup);
    const stage = scenario === null ? NOTHING.stage : stageOf(scenario, webServersOn(place));
    const machines = guest.ask({ kind: 'stage', stage });
    machines.then(
      () => scenario !== null && say(`machines: ${stage.nodes.length} up (scenario ${scenario.name})`),
      () => undefined,
    );
    const product =
      setup.product && scenario !== null
        ? await startProduct({ ...parts, scenario, stage, machines: machines.then(() => undefined) })
        : null;
    await machines;
    standing = { setup, scenario, stage, product };
    return status();
  }

  const status = async () => describeStanding(parts, standing, await guest.ask({ kind: 'state' }));

  function serviceNamed(node: string, name: string): Service {
    const machine = standing.stage.nodes.find((n) => n.id === node || n.name === node);
    const services = [
      ...(machine?.services ?? []),
      ...(standing.product?.servicesOn(machine?.id ?? '') ?? []),
    ];
    const service = services.find((s) => s.name === name);
    if (service === undefined) throw new Error(`${node} has no service ${name}`);
    return service;
  }

  async function service(request: ServiceRequest): Promise<void> {
    const { node, service } = request;
    const ownConsole = node === CONSOLE ? standing.product?.console : undefined;
    switch (request.kind) {
      case 'signalService':
        if (ownConsole) ownConsole.signal(request.signal);
        else await guest.ask({ kind: 'signal', node, service, signal: request.signal });
        return;
      case 'stopService':
        await (ownConsole ? ownConsole.stop() : guest.ask({ kind: 'stop', node, service }));
        return;
      case 'startService':
        await (ownConsole
          ? ownConsole.start()
          : guest.ask({ kind: 'start', node, service: serviceNamed(node, service) }));
        return;
    }
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  return {
    guest,
    reset: (setup) => inTurn(() => setUp(setup)),
    status,
    service,
    askToStop: parts.askToStop,
    close: () => inTurn(takeDown),
  };
}
