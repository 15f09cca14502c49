// What suites about the switch share: a serving cluster, the lever, and what must hold whatever happens.
import assert from 'node:assert/strict';
import * as z from 'zod';
import type { LabHandle } from '../src/client/lab.ts';
import type { Loaded } from '../src/load/steady-load.ts';
import { type ConsoleCommand, consoleCommand } from './console-command.ts';
import { eventually } from './eventually.ts';

export interface Ground {
  readonly scenario: 'nat' | 'dr';
  readonly director: string;
  readonly vip: string;
}

/** The two-arm director that is its real servers' gateway. */
export const twoArms: Ground = { scenario: 'nat', director: 'node2', vip: '192.168.0.111' };
/** The one-arm director behind a router. */
export const oneArm: Ground = { scenario: 'dr', director: 'node5', vip: '192.168.137.100' };

/** How long a director remembers ended connections in suites, in seconds: its DR half stays that long, and is waited for. */
const REMEMBERED_SECONDS = 5;

/** The cluster with its NAT service applied; `prepare` changes the machines before anything is applied. */
export async function serving(
  lab: LabHandle,
  { scenario, director }: Pick<Ground, 'scenario' | 'director'>,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<ConsoleCommand> {
  const { console } = await lab.reset(scenario, { product: true });
  assert.ok(console, 'the lab runs a console');
  await remembers(lab, director, REMEMBERED_SECONDS);
  await prepare();
  const signalbox = consoleCommand(console);
  const applied = await signalbox.run('apply');
  assert.equal(applied.code, 0, applied.said);
  return signalbox;
}

/** Sets for how many seconds a director remembers connections that ended. */
export const remembers = (lab: LabHandle, director: string, seconds: number) =>
  lab.read(director, ['ipvsadm', '--set', '0', String(seconds), '0']);

export type To = 'nat' | 'dr';

/** Throws the lever, which must succeed. */
export async function thrown(signalbox: ConsoleCommand, to: To, ...more: readonly string[]): Promise<void> {
  const { code, said } = await signalbox.run('switch', '--to', to, ...more);
  assert.equal(code, 0, said);
}

/** Throws the lever, which must be refused before anything is done; answers the codes of the errors. */
export async function refused(signalbox: ConsoleCommand, to: To): Promise<string[]> {
  const { code, printed, said } = await signalbox.run('switch', '--to', to);
  assert.equal(code, 3, said);
  const { problems, services } = Preflight.parse(JSON.parse(printed));
  return [...problems, ...services.flatMap((service) => service.problems)]
    .filter(({ severity }) => severity === 'error')
    .map((problem) => problem.code);
}

/** Throws the lever, which must come to a halt where everything serves; answers why. */
export async function held(signalbox: ConsoleCommand, to: To): Promise<string> {
  const { code, printed, said } = await signalbox.run('switch', '--to', to);
  assert.equal(code, 4, said);
  const view = View.parse(JSON.parse(printed));
  assert.equal(view.state, 'held', said);
  return view.failure ?? '';
}

/** Throws the lever, which must come back by itself; answers why. */
export async function wentBack(signalbox: ConsoleCommand, to: To): Promise<string> {
  const { code, printed, said } = await signalbox.run('switch', '--to', to);
  assert.equal(code, 4, said);
  const view = View.parse(JSON.parse(printed));
  assert.equal(view.state, 'wentBack', said);
  return view.failure ?? '';
}

const Problem = z.looseObject({ code: z.string(), severity: z.string() });
const Preflight = z.looseObject({
  problems: z.array(Problem),
  services: z.array(z.looseObject({ problems: z.array(Problem) })),
});
const View = z.looseObject({ state: z.string(), failure: z.string().nullable() });

export function nothingLost(loaded: Loaded): void {
  const told = JSON.stringify(loaded);
  assert.equal(loaded.failed, 0, told);
  assert.equal(loaded.lost, 0, told);
  assert.ok(loaded.requests > 50, told);
}

/**
 * For an outage that lasts until an agent looks: how long that takes on a slow machine is not what is asked. What a client
 * sent meanwhile its kernel sends again ever later.
 */
export const patientClients = { timeoutMs: 30_000 };

/** Everything was answered but what failed for the one reason that there is. */
export function onlyFailed({ failures, requests }: Loaded, reason: RegExp): void {
  assert.ok(requests > 50);
  const others = Object.keys(failures).filter((code) => !reason.test(code));
  assert.deepEqual(others, [], JSON.stringify(failures));
}

/** A link, and the default route that goes with it. */
export interface Link {
  readonly device: string;
  readonly gateway: string | null;
}

/** Down and up in one breath, and the default route set again as whoever pulled the cable would. */
export async function flap(lab: LabHandle, node: string, { device, gateway }: Link): Promise<void> {
  const lines = [
    `link set ${device} down`,
    `link set ${device} up`,
    ...(gateway === null ? [] : [`route replace default via ${gateway}`]),
  ];
  await lab.read(node, ['ip', '-batch', '-'], { stdin: `${lines.join('\n')}\n` });
}

/** The forwarding method of each destination, as `ipvsadm -Sn` writes it. */
export async function methodsOn(lab: LabHandle, director: string): Promise<(string | undefined)[]> {
  const table = await lab.read(director, ['ipvsadm', '-Sn']);
  return [...table.matchAll(/^-a .* (-[mgi]) /gm)].map(([, method]) => method);
}

/** Waits until a real server holds the VIP: the switch is on its way, and the flip is still to come. */
export async function holdsVip(lab: LabHandle, realServer: string, vip: string): Promise<void> {
  const onLo = () => lab.read(realServer, ['ip', '-o', '-4', 'addr', 'show', 'lo']);
  await eventually(onLo, (addresses) => addresses.includes(vip), `${realServer} was not prepared`);
}

/** Waits until no switch is under way any more, draining included. */
export async function switchEnded(signalbox: ConsoleCommand): Promise<void> {
  const alive = async () => (await signalbox.status()).cluster.switchId;
  await eventually(alive, (switchId) => switchId === null, 'the switch did not end');
}

/** Ends the switch that is under way, without waiting for the connections of its old way. */
export async function switchCut(signalbox: ConsoleCommand): Promise<void> {
  const alive = async () => {
    // Heard once there is nothing else to do.
    await signalbox.run('tell-switch', 'cut-now');
    return (await signalbox.status()).cluster.switchId;
  };
  await eventually(alive, (switchId) => switchId === null, 'the switch did not end');
}

/** By NAT and nothing but NAT, as it was served first: for the test that comes next. */
export async function backToNat(signalbox: ConsoleCommand): Promise<void> {
  const { cluster } = await signalbox.status();
  if (cluster.topology.services.some(({ method }) => method === 'gate'))
    await thrown(signalbox, 'nat', '--until-flipped');
  await switchCut(signalbox);
}

/** What a switch touches on machines, as their own tools print it. */
export async function hostsOf(lab: LabHandle, nodes: readonly string[]): Promise<Record<string, string[]>> {
  const looks = [
    ['ipvsadm', '-Sn'],
    ['ip', 'rule'],
    ['ip', 'route', 'show', 'table', 'all'],
    ['ip', '-o', '-4', 'addr'],
    ['sysctl', '-a', '-r', 'arp_|rp_filter|send_redirects|accept_local|ip_forward|accept_redirects'],
  ];
  const entries = await Promise.all(
    nodes.map(async (node) => {
      const printed: string[] = [];
      for (const argv of looks) printed.push((await lab.exec(node, argv)).stdout);
      return [node, printed] as const;
    }),
  );
  return Object.fromEntries(entries);
}
