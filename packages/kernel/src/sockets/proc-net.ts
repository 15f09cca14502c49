// Sockets of this network namespace from /proc/net/{tcp,udp}{,6} (proc_pid_net(5)).
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Address, canonicalAddress, type Listener, type Protocol } from '@signalbox/cluster';

interface Socket {
  readonly local: { readonly address: string; readonly port: number };
  readonly remote: { readonly address: string; readonly port: number };
  /** net/tcp_states.h */
  readonly state: number;
}

const LISTEN = 0x0a;
/** UDP sockets without a peer are shown as closed. */
const UNCONNECTED_UDP = 0x07;
/** Established, being opened, or still with something to send or hear: not FIN_WAIT2, TIME_WAIT, CLOSE and LISTEN. */
const alive: ReadonlySet<number> = new Set([0x01, 0x03, 0x04, 0x08, 0x09, 0x0b]);

async function* sockets(file: string): AsyncGenerator<Socket> {
  const stream = createReadStream(`/proc/net/${file}`, 'latin1');
  try {
    for await (const line of createInterface({ input: stream })) {
      const socket = socketIn(line);
      if (socket !== null) yield socket;
    }
  } catch (error) {
    // A kernel without IPv6 has no tcp6.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** Null for the heads of the columns. */
export function socketIn(line: string): Socket | null {
  const found = /^\s*\d+: ([0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]+:[0-9A-F]{4}) ([0-9A-F]{2}) /.exec(line);
  if (found === null) return null;
  const [, local = '', remote = '', state = ''] = found;
  return { local: endOf(local), remote: endOf(remote), state: Number.parseInt(state, 16) };
}

function endOf(text: string): Socket['local'] {
  const [hex = '', port = ''] = text.split(':');
  return { address: addressText(hex), port: Number.parseInt(port, 16) };
}

/** Words of 32 bits, each printed as this machine's number: bytes reversed on the little-endian ones. */
function addressText(hex: string): string {
  const bytes =
    hex.match(/.{8}/g)?.flatMap((word) => Array.from(Buffer.from(word, 'hex').toReversed())) ?? [];
  if (bytes.length === 4) return bytes.join('.');
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (mapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return canonicalAddress(groups.join(':'))?.text ?? '::';
}

export interface LocalEnd {
  readonly protocol: Protocol;
  readonly address: Address;
  readonly port: number;
}

/**
 * How many TCP connections each local end has, but for those from `except`. A connection that only waits for the other
 * side's last word does not count. IPv4 clients of an IPv6 socket count as IPv4.
 */
export async function countConnections(
  locals: readonly LocalEnd[],
  except: readonly Address[],
): Promise<number[]> {
  const counts = new Map(locals.map(({ address, port }) => [`${address.text} ${port}`, 0]));
  const ignored = new Set(except.map(({ text }) => text));
  for (const file of ['tcp', 'tcp6'])
    for await (const { local, remote, state } of sockets(file)) {
      const key = `${local.address} ${local.port}`;
      const count = counts.get(key);
      if (count !== undefined && alive.has(state) && !ignored.has(remote.address)) counts.set(key, count + 1);
    }
  return locals.map(({ protocol, address, port }) =>
    protocol === 'tcp' ? (counts.get(`${address.text} ${port}`) ?? 0) : 0,
  );
}

/** Sockets that wait for clients, each once. */
export async function readListeners(): Promise<Listener[]> {
  const found = new Map<string, Listener>();
  for (const [file, protocol, state] of [
    ['tcp', 'tcp', LISTEN],
    ['tcp6', 'tcp', LISTEN],
    ['udp', 'udp', UNCONNECTED_UDP],
    ['udp6', 'udp', UNCONNECTED_UDP],
  ] as const)
    for await (const { local, ...socket } of sockets(file)) {
      const address = canonicalAddress(local.address);
      if (socket.state !== state || address === null || local.port === 0) continue;
      found.set(`${protocol} ${address.text} ${local.port}`, { protocol, address, port: local.port });
    }
  return [...found.values()];
}
