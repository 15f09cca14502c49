import type { KernelKind } from '../machine/kernel-choice.ts';
import { scenarioFor } from '../scenarios/by-name.ts';
import { type Scenario, type ScenarioNode, stageOf } from '../scenarios/scenario.ts';
import type { Place } from '../state/place.ts';
import type { ControlRequest, LabStatus, Setup } from '../wire/control-messages.ts';
import type { Service, Stage } from '../wire/guest-messages.ts';
import type { GuestClient } from './guest-client.ts';
import { programIn } from './programs-layout.ts';

export type ServiceRequest = Extract<ControlRequest, { service: string }>;

/** A running lab: one kernel, and whatever is set up on it. */
export interface Lab {
  readonly guest: GuestClient;
  /** Takes down what is set up and sets up something else; later calls wait for earlier ones. */
  reset(setup: Setup): Promise<LabStatus>;
  status(): Promise<LabStatus>;
  service(request: ServiceRequest): Promise<void>;
  askToStop(): void;
}

interface LabParts {
  readonly place: Place;
  readonly kernel: KernelKind;
  readonly guest: GuestClient;
  readonly say: (line: string) => void;
  readonly askToStop: () => void;
}

const NOTHING: Setup = { scenario: null, realServers: 2, product: false };
const EMPTY: Stage = { bridges: 0, nodes: [] };
const WEB_PORTS = ['80', '8080'];

/** The lab over a kernel that is up. */
export function labOver({ place, kernel, guest, say, askToStop }: LabParts): Lab {
  let setup = NOTHING;
  let scenario: Scenario | null = null;
  let stage = EMPTY;
  let turn: Promise<unknown> = Promise.resolve();

  const webServer = (node: ScenarioNode): Service => ({
    name: 'web',
    argv: [process.execPath, programIn(place, 'web-server.cjs'), node.name, ...WEB_PORTS],
    env: {},
    restart: 'always',
    readyText: 'listening',
  });
  const servicesOf = (node: ScenarioNode) => (node.kind === 'realServer' ? [webServer(node)] : []);

  async function setUp(wanted: Setup): Promise<LabStatus> {
    [setup, scenario, stage] = [NOTHING, null, EMPTY];
    const next = scenarioFor(wanted);
    const nextStage = next === null ? EMPTY : stageOf(next, servicesOf);
    await guest.ask({ kind: 'stage', stage: nextStage });
    [setup, scenario, stage] = [wanted, next, nextStage];
    if (next !== null) say(`scenario ${next.name}: ${next.nodes.length} nodes are up`);
    return status();
  }

  async function status(): Promise<LabStatus> {
    const state = await guest.ask({ kind: 'state' });
    const drawn = new Map(scenario?.nodes.map((node) => [node.id, node]));
    return {
      folder: place.folder,
      supervisor: process.pid,
      kernel: { kind: kernel, release: state.kernel },
      setup,
      nodes: state.nodes.map((node) => ({
        ...node,
        kind: drawn.get(node.id)?.kind ?? '',
        addresses: drawn.get(node.id)?.links.map((link) => link.address) ?? [],
        agentPort: null,
      })),
      console: null,
    };
  }

  function serviceNamed(node: string, name: string): Service {
    const machine = stage.nodes.find((n) => n.id === node || n.name === node);
    const service = machine?.services.find((s) => s.name === name);
    if (service === undefined) throw new Error(`${node} has no service ${name}`);
    return service;
  }

  async function service(request: ServiceRequest): Promise<void> {
    switch (request.kind) {
      case 'signalService':
        await guest.ask({ ...request, kind: 'signal' });
        return;
      case 'stopService':
        await guest.ask({ ...request, kind: 'stop' });
        return;
      case 'startService':
        await guest.ask({
          kind: 'start',
          node: request.node,
          service: serviceNamed(request.node, request.service),
        });
        return;
    }
  }

  return {
    guest,
    reset(wanted) {
      const result = turn.then(() => setUp(wanted));
      turn = result.catch(() => undefined);
      return result;
    },
    status,
    service,
    askToStop,
  };
}
