// What clients notice while a rollout runs on several hosts at once, phase by phase with barriers.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyOperation } from './apply-operation.ts';
import { desiredFor } from './desired.ts';
import { emptyHostState, type HostDestination, type HostState } from './host-state.ts';
import { endpointText, serviceKeyText } from './keys.ts';
import { type Operation, Phase } from './operation.ts';
import { plan } from './plan.ts';
import { destination, oneArm, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const addresses = { rs1: '192.168.137.131', rs2: '192.168.137.130' } as const;

/** A director whose real servers have another gateway: under NAT each needs its reply rule. */
const topology: fc.Arbitrary<Topology> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('rs1' as const, 'rs2' as const),
      port: fc.constantFrom(80, 8080),
      weight: fc.nat(2),
    }),
    { minLength: 1, maxLength: 4, selector: ({ id, port }) => `${id} ${port}` },
  )
  .map((list) =>
    withWeb(oneArm(), {
      destinations: list.map(({ id, port, weight }) => ({
        ...destination(`${id}-${port}`, id, addresses[id]),
        port,
        weight,
      })),
    }),
  );

type Hosts = ReadonlyMap<string, HostState>;

const names = oneArm().nodes.map(({ id }) => id);
const sysctls = [
  'net.ipv4.ip_forward',
  'net.ipv4.conf.all.send_redirects',
  'net.ipv4.conf.eth0.send_redirects',
];
const read = (state: HostState): HostState => ({
  ...state,
  sysctls: sysctls.map((name) => state.sysctls.find((one) => one.name === name) ?? { name, value: '' }),
});

const hostsOf = (drawn: Topology): Hosts => new Map(names.map((id) => [id, read(desiredFor(drawn, id))]));

/** Every state of all hosts that a rollout passes; inside a phase hosts take turns as `picks` say. */
function* rollout(from: Hosts, to: Hosts, picks: readonly number[]): Generator<Hosts> {
  const hosts = new Map(from);
  let turn = 0;
  const plans = names.map((id) => ({ id, planned: plan(stateOf(to, id), stateOf(from, id)) }));
  for (const phase of Phase.options) {
    const queues = plans.map(({ id, planned }) => ({
      id,
      operations: planned.filter((one) => one.phase === phase).map(({ operation }) => operation),
    }));
    for (let open = queues; open.length > 0; open = open.filter(({ operations }) => operations.length > 0)) {
      const queue = open[(picks[turn % picks.length] ?? 0) % open.length];
      turn += 1;
      const operation = queue?.operations.shift();
      if (queue !== undefined && operation !== undefined)
        hosts.set(queue.id, done(stateOf(hosts, queue.id), operation));
      yield new Map(hosts);
    }
  }
}

const stateOf = (hosts: Hosts, id: string) => hosts.get(id) ?? emptyHostState;

function done(state: HostState, operation: Operation): HostState {
  const applied = applyOperation(state, operation);
  if (applied.kind === 'failed') throw new Error(`${applied.errno} ${operation.kind}`);
  return applied.state;
}

/** Live destinations of the service, with their text. */
const live = (hosts: Hosts): HostDestination[] =>
  stateOf(hosts, 'director')
    .services.filter(({ key }) => serviceKeyText(key) === 'tcp 192.168.137.100:80')
    .flatMap(({ destinations }) => destinations.filter(({ weight }) => weight > 0));

/** Whether replies of a destination find the director: its rule is there, and the table the rule leads to. */
function repliesReturn(hosts: Hosts, { address, port }: HostDestination): boolean {
  const server = Object.entries(addresses).find(([, text]) => text === address.text)?.[0] ?? '';
  const { rules, routes } = stateOf(hosts, server);
  const rule = rules.find(
    ({ from, sourcePort }) => from?.address.text === address.text && sourcePort === port,
  );
  return routes.some(
    ({ table, destination, via }) =>
      table === rule?.table && destination.prefix === 0 && via?.text === '192.168.137.132',
  );
}

test('whatever the hosts’ pace, the service stays live and no client is sent where replies get lost', () => {
  const turns = fc.array(fc.nat(20), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(topology, topology, turns, (before, after, picks) => {
      const [from, to] = [hostsOf(before), hostsOf(after)];
      const alwaysLive = live(from).length > 0 && live(to).length > 0;
      for (const hosts of rollout(from, to, picks)) {
        const serving = live(hosts);
        if (alwaysLive) expect(serving).not.toEqual([]);
        const lost = serving.filter((one) => !repliesReturn(hosts, one));
        expect(lost.map(({ address, port }) => endpointText(address, port))).toEqual([]);
      }
    }),
    { numRuns: 1000 },
  );
});
