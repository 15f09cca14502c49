// The lab as tests drive it.
import { placeOf } from '../state/place.ts';
import { LabStatus, type ScenarioName, type Setup } from '../wire/control-messages.ts';
import { frameKind } from '../wire/frame.ts';
import type { ExecPlace, SignalName } from '../wire/guest-messages.ts';
import { type Ran, runToEnd } from '../wire/run-to-end.ts';
import { askLab, openLab } from './lab-client.ts';

export interface RunOptions {
  readonly stdin?: string;
  readonly timeoutMs?: number;
}

export interface LabHandle {
  /** Machines as new, of this scenario, two real servers, without agents and console unless asked for; null: none at all. */
  readonly reset: (scenario: ScenarioName | null, more?: Partial<Setup>) => Promise<LabStatus>;
  readonly status: () => Promise<LabStatus>;
  /** Runs a command on a node to its end. A command that fails is an answer, not an error. */
  readonly exec: (node: string, argv: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** Runs a command that must succeed, and gives what it printed. */
  readonly read: (node: string, argv: readonly string[], options?: RunOptions) => Promise<string>;
  /** The bodies of `times` requests, each over a connection of its own, one after the other. */
  readonly http: (node: string, url: string, times: number) => Promise<string[]>;
  /** kill -9; the lab starts it again, as systemd would. */
  readonly killAgent: (node: string) => Promise<void>;
  readonly signalService: (node: string, service: string, signal: SignalName) => Promise<void>;
  readonly stopService: (node: string, service: string) => Promise<void>;
  readonly startService: (node: string, service: string) => Promise<void>;
}

/** Only to end what hangs: the machine may have much else to do. */
const TIMEOUT_MS = 180_000;

/** The running lab whose state is in `folder`. */
export function labAt(folder: string): LabHandle {
  const place = placeOf(folder);

  async function run(at: ExecPlace, argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const channel = await openLab(place);
    const timer = setTimeout(() => channel.abandon(), options.timeoutMs ?? TIMEOUT_MS);
    try {
      await channel.sendJson(frameKind.request, { kind: 'exec', place: at, argv, env: {}, cwd: null });
      const ran = await runToEnd(channel, options.stdin);
      if (ran !== null) return ran;
    } finally {
      clearTimeout(timer);
      channel.abandon();
    }
    throw new Error(`${argv.join(' ')} did not end in time, or the lab went away`);
  }

  const exec = (node: string, argv: readonly string[], options?: RunOptions) =>
    run({ kind: 'node', node }, argv, options);

  async function read(node: string, argv: readonly string[], options?: RunOptions): Promise<string> {
    const { code, stdout, stderr } = await exec(node, argv, options);
    if (code !== 0) throw new Error(`${node}: ${argv.join(' ')} ended with ${code ?? 'a signal'}: ${stderr}`);
    return stdout;
  }

  const status = async () => LabStatus.parse(await askLab(place, { kind: 'status' }));
  const signalService = async (node: string, service: string, signal: SignalName) => {
    await askLab(place, { kind: 'signalService', node, service, signal });
  };

  return {
    reset: async (scenario, more = {}) => {
      const setup: Setup = { scenario, realServers: 2, product: false, ...more };
      return LabStatus.parse(await askLab(place, { kind: 'reset', setup }));
    },
    status,
    exec,
    read,
    async http(node, url, times) {
      const each = ['--silent', '--show-error', '--max-time', '5', '--header', 'Connection: close'];
      const urls = Array.from({ length: times }, () => url);
      return (await read(node, ['curl', ...each, ...urls])).split('\n').slice(0, -1);
    },
    killAgent: (node) => signalService(node, 'agent', 'SIGKILL'),
    signalService,
    stopService: async (node, service) => void (await askLab(place, { kind: 'stopService', node, service })),
    startService: async (node, service) =>
      void (await askLab(place, { kind: 'startService', node, service })),
  };
}
