// Waiting for the connections of one way to end. Nothing is cut, however long it takes, unless the operator says so.
import type { Topology } from '@signalbox/cluster';
import type { HostReview } from '../../api/contract.ts';
import type { SwitchView, WayCount } from '../../api/switch-contract.ts';
import { directorsAddresses, type Ends, endsByWay } from './connections-by-way.ts';
import type { NodeLinks } from './node-links.ts';
import type { RunningSwitch } from './running-switch.ts';
import { pause, until } from './until.ts';

const COUNT_EVERY_MS = 1000;
/** After this it is said that somebody has to decide. */
export const DRAIN_DEADLINE_MS = 10 * 60_000;
/**
 * How long the kernel remembers a connection that has ended (ip_vs_proto_tcp.c tcp_timeouts): in FIN_WAIT where nobody
 * says otherwise, in TIME_WAIT always. That is where both directions were seen, DR through its director included.
 */
const REMEMBERED_SECONDS = 120;
/** A connection that ends is not established any more but may still say goodbye: two counts in a row must be zero. */
const ZEROES_NEEDED = 2;

export interface DrainHands {
  readonly links: NodeLinks;
  readonly now: () => Date;
  /** UDP has no established sockets: entries in the directors' tables instead, by any way. Null: not known now. */
  readonly udpEntries: () => number | null;
  /** What taking the old way down will do on each host. Changes nothing. */
  readonly reviewed: () => Promise<readonly HostReview[]>;
}

/** Ends at once when `signal` aborts, also while a real server is silent: the lever does not wait for a count. */
export async function drained(
  run: RunningSwitch,
  topology: Topology,
  { hands, signal }: { hands: DrainHands; signal: AbortSignal },
): Promise<'drained' | 'woken'> {
  if (!run.isCut()) await Promise.race([counted(run, topology, { hands, signal }), until(signal)]);
  return run.isCut() || !signal.aborted ? 'drained' : 'woken';
}

/** Counts until nothing is left. */
async function counted(
  run: RunningSwitch,
  topology: Topology,
  { hands, signal }: { hands: DrainHands; signal: AbortSignal },
): Promise<void> {
  const ends = endsByWay(topology, run.stored);
  const deadline = new Date(hands.now().getTime() + DRAIN_DEADLINE_MS).toISOString();
  // What was counted before the lever was thrown meanwhile is of the other way.
  run.shown({ drain: null });
  let atFirst: number | null = null;
  const quietMs = await quietAfter(run, topology, hands);
  let busyAt = hands.now().getTime();
  const over = () => signal.aborted;
  for (let zeroes = 0; !over(); await pause(COUNT_EVERY_MS, signal)) {
    const ways = await Promise.all(ends.map((end) => countWays(end, topology, hands)));
    if (over()) return;
    const left = leftOf(ways, hands.udpEntries());
    atFirst ??= left;
    const overdue = hands.now().toISOString() > deadline;
    if (left !== 0) busyAt = hands.now().getTime();
    const forgottenAt = quietMs === 0 ? null : new Date(busyAt + quietMs).toISOString();
    run.shown({
      drain: {
        atFirst: atFirst ?? 0,
        left,
        deadline,
        overdue,
        forgottenAt,
        ways,
      } satisfies SwitchView['drain'],
    });
    zeroes = left === 0 ? zeroes + 1 : 0;
    if (zeroes >= ZEROES_NEEDED && hands.now().getTime() - busyAt >= quietMs) return;
  }
}

/**
 * When directors will have forgotten the connections of a way that is taken down now: those that ended, and those whose
 * clients give up because they are cut. Null where directors remember nothing of it.
 */
export async function forgottenAt(
  run: RunningSwitch,
  topology: Topology,
  hands: Omit<DrainHands, 'udpEntries'>,
): Promise<string | null> {
  const { drain } = run.record;
  if (drain?.left === 0) return drain.forgottenAt;
  const quietMs = await quietAfter(run, topology, hands);
  return quietMs === 0 ? null : new Date(hands.now().getTime() + quietMs).toISOString();
}

/**
 * How long after its last connection a way must stay. Under DR the director hears clients only, and remembers an ended
 * connection for a while: a client that came again from the same port in that time might still be sent the old way.
 */
async function quietAfter(
  run: RunningSwitch,
  topology: Topology,
  { links, reviewed }: Pick<DrainHands, 'links' | 'reviewed'>,
): Promise<number> {
  const { services, to, step } = run.stored;
  const oldWays = services.map(({ from }) => (step === 'flipped' ? from : to));
  if (!oldWays.includes('gate')) return 0;
  const directors = topology.nodes.filter(({ kind, agent }) => kind === 'director' && agent !== null);
  const reviews = await reviewed();
  const seconds = await Promise.all(
    directors.map(async ({ id }) => {
      if (willReuse(reviews.find(({ nodeId }) => nodeId === id))) return REMEMBERED_SECONDS;
      const answer = await links.ask(id, (proofs) => proofs.facts({ sysctls: [] }));
      const timeouts = answer.kind === 'answered' ? answer.value.ipvsTimeouts : null;
      return timeouts?.tcpFin ?? REMEMBERED_SECONDS;
    }),
  );
  return Math.max(0, ...seconds) * 1000;
}

/** Whether the director will send whoever comes again from the same port the way of before, as it did before the switch. */
const willReuse = (review: HostReview | undefined): boolean =>
  review?.kind !== 'ready' ||
  review.operations.some(
    ({ operation }) =>
      operation.kind === 'setSysctl' &&
      operation.name === 'net.ipv4.vs.conn_reuse_mode' &&
      operation.to === '0',
  );

/** Null when a real server could not be asked: then nobody knows. */
function leftOf(ways: readonly WayCount[], udpEntries: number | null): number | null {
  let left = udpEntries;
  if (left === null) return null;
  for (const { old } of ways) {
    if (old === null) return null;
    left += old;
  }
  return left;
}

async function countWays(ends: Ends, topology: Topology, { links }: DrainHands): Promise<WayCount> {
  const { nodeId } = ends;
  const locals = [...ends.old, ...ends.new];
  const answer = await links.ask(nodeId, (proofs) =>
    proofs.sockets({ locals, except: directorsAddresses(topology) }),
  );
  if (answer.kind !== 'answered') return { nodeId, old: null, new: null };
  const { counts } = answer.value;
  const sum = (part: readonly number[]) => part.reduce((total, count) => total + count, 0);
  return { nodeId, old: sum(counts.slice(0, ends.old.length)), new: sum(counts.slice(ends.old.length)) };
}
