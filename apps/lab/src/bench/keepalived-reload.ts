// keepalived with another lb_kind, reloaded. The real servers hold both ways by hand, because keepalived does not manage them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabHandle } from '../client/lab.ts';
import {
  gateway,
  type Ground,
  oneArmDirector,
  realServers,
  type ThrowTo,
  type Way,
} from './switch-ground.ts';

/** The machines of one scenario go, but their files stay: each has its own. */
const fileOf = ({ scenario }: Ground, name: string) => `/tmp/keepalived-${scenario}.${name}`;
const kinds = { masq: 'NAT', gate: 'DR' } as const;
const letters = { masq: 'Masq', gate: 'Route' } as const;

const configuration = (vip: string, to: Way) =>
  [
    `virtual_server ${vip} 80 {`,
    '  lvs_sched rr',
    `  lvs_method ${kinds[to]}`,
    '  protocol TCP',
    ...realServers.map(({ rip }) => `  real_server ${rip} 80 { weight 1 }`),
    '}',
    '',
  ].join('\n');

export async function keepalivedReload(lab: LabHandle, ground: Ground): Promise<ThrowTo> {
  await lab.reset(ground.scenario);
  const { director, vip, scenario, outer, inner } = ground;
  const oneArm = scenario === 'dr';
  const run = (node: string, ...argv: string[]) => lab.exec(node, argv);
  const write = async (to: Way) => {
    await lab.read(director, ['tee', fileOf(ground, 'conf')], { stdin: configuration(vip, to) });
  };
  if (oneArm) await run(director, 'ip', 'addr', 'add', `${vip}/32`, 'dev', outer);
  await run(
    director,
    'sysctl',
    '-w',
    'net.ipv4.ip_forward=1',
    'net.ipv4.conf.all.send_redirects=0',
    `net.ipv4.conf.${inner}.accept_local=1`,
  );
  for (const { node, rip } of realServers) {
    const quiet = ['all', 'lo'].flatMap((device) => [
      `net.ipv4.conf.${device}.arp_ignore=1`,
      `net.ipv4.conf.${device}.arp_announce=2`,
    ]);
    await run(node, 'sysctl', '-w', ...quiet);
    await run(node, 'ip', 'addr', 'add', `${vip}/32`, 'dev', 'lo', 'label', 'lo:1');
    const toDirector = oneArm ? oneArmDirector : gateway;
    await run(node, 'ip', 'route', 'add', 'default', 'via', toDirector, 'table', '5300');
    await run(node, 'ip', 'rule', 'add', 'from', rip, 'ipproto', 'tcp', 'sport', '80', 'lookup', '5300');
  }
  await write('masq');
  const pid = fileOf(ground, 'pid');
  const files = ['--pid', pid, '--checkers_pid', fileOf(ground, 'checkers')];
  await lab.read(director, ['keepalived', '--check', '--use-file', fileOf(ground, 'conf'), ...files]);
  await isOn(lab, ground, 'masq');
  return async (to) => {
    await write(to);
    const began = Date.now();
    await lab.read(director, ['pkill', '-HUP', '--pidfile', pid]);
    await isOn(lab, ground, to);
    return began;
  };
}

async function isOn(lab: LabHandle, { director }: Ground, to: Way): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { stdout } = await lab.exec(director, ['ipvsadm', '-Ln']);
    if (stdout.split(letters[to]).length === realServers.length + 1) return;
    await sleep(25);
  }
  throw new Error(`keepalived did not come to ${kinds[to]}`);
}
