// Facts and proofs of a host for tests: everything is well unless a test says otherwise.
import type {
  ArpResult,
  CanariesInput,
  CanariesResult,
  ConnectInput,
  ConnectResult,
  ProbeInput,
  ProbeReading,
  Proofs,
  SocketsInput,
  SocketsResult,
} from '@signalbox/agent-api';
import type { HostFacts } from '@signalbox/cluster';
import { until } from '../switches/until.ts';

export const oneReading: ProbeReading = {
  at: '2030-01-01T00:00:00.000Z',
  requests: 1,
  failed: 0,
  answers: [],
  failures: [],
  latencyMs: null,
  longLived: { open: 0, lost: 0 },
};

const port = 80;
const any = { family: 'ipv4', text: '0.0.0.0' } as const;

export class FakeProofs implements Proofs {
  readonly found: HostFacts = {
    kernelRelease: '6.12.0-test',
    links: [],
    sysctls: [],
    listeners: [{ protocol: 'tcp', address: any, port }],
    forwardFilter: { kind: 'open' },
    otherWriters: [],
    ipvsTimeouts: { tcp: 900, tcpFin: 0, udp: 300 },
    translatedPorts: [],
  };
  /** Connections per local end, by its address. */
  readonly connections = new Map<string, number>();
  /** Every set of canaries this host was asked for. */
  readonly flown: number[] = [];
  /** Whether a set of canaries is still there when it is taken off. */
  stood: () => boolean = () => true;
  connected: (connection: ConnectInput['connections'][number]) => ConnectResult | Promise<ConnectResult> =
    () => ({
      kind: 'answered',
      milliseconds: 1,
    });

  facts(): Promise<HostFacts> {
    return Promise.resolve(this.found);
  }

  canaries({ canaries }: CanariesInput): Promise<CanariesResult> {
    this.flown.push(canaries.length);
    return Promise.resolve({ problem: null, stood: this.stood() });
  }

  connect({ connections }: ConnectInput): Promise<ConnectResult[]> {
    return Promise.all(connections.map(async (connection) => this.connected(connection)));
  }

  askArp(): Promise<ArpResult> {
    return Promise.resolve({ replies: [] });
  }

  sockets({ locals }: SocketsInput): Promise<SocketsResult> {
    return Promise.resolve({ counts: locals.map(({ address }) => this.connections.get(address.text) ?? 0) });
  }

  /** Loads that run on this host now. */
  loads = 0;

  /** A reading at once, and then nothing more happens. */
  async *probe(_: ProbeInput, signal: AbortSignal): AsyncGenerator<ProbeReading, void, undefined> {
    this.loads += 1;
    try {
      yield oneReading;
      await until(signal);
    } finally {
      this.loads -= 1;
    }
  }
}
