// What an operator does with the tutorial's start and stop scripts: stop one method, set the real servers up for the other, start.
import type { LabHandle } from '../client/lab.ts';
import {
  gateway,
  type Ground,
  oneArmDirector,
  realServers,
  type ThrowTo,
  type Way,
} from './switch-ground.ts';

export async function tutorialScripts(lab: LabHandle, ground: Ground): Promise<ThrowTo> {
  await lab.reset(ground.scenario);
  const { director, vip, scenario, outer } = ground;
  const run = (node: string, ...argv: string[]) => lab.exec(node, argv);
  const oneArm = scenario === 'dr';
  if (oneArm) await run(director, 'ip', 'addr', 'add', `${vip}/32`, 'dev', outer);
  await run(director, 'sysctl', '-w', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.all.send_redirects=0');
  if (!oneArm) await run(director, 'sysctl', '-w', `net.ipv4.conf.${ground.inner}.accept_local=1`);

  const start = async (flag: '-m' | '-g') => {
    await run(director, 'ipvsadm', '-A', '-t', `${vip}:80`, '-s', 'rr');
    for (const { rip } of realServers)
      await run(director, 'ipvsadm', '-a', '-t', `${vip}:80`, '-r', `${rip}:80`, flag);
  };
  const setUp = async (to: Way) => {
    for (const { node } of realServers) {
      const silent = to === 'gate' ? ['1', '2'] : ['0', '0'];
      await run(
        node,
        'sysctl',
        '-w',
        ...['all', 'lo'].flatMap((device) => [
          `net.ipv4.conf.${device}.arp_ignore=${silent[0]}`,
          `net.ipv4.conf.${device}.arp_announce=${silent[1]}`,
        ]),
      );
      await run(node, 'ip', 'addr', to === 'gate' ? 'add' : 'del', `${vip}/32`, 'dev', 'lo', 'label', 'lo:1');
      if (oneArm)
        await run(node, 'ip', 'route', 'replace', 'default', 'via', to === 'gate' ? gateway : oneArmDirector);
    }
  };
  await setUp('masq');
  await start('-m');
  return async (to) => {
    const began = Date.now();
    await run(director, 'ipvsadm', '-D', '-t', `${vip}:80`);
    await setUp(to);
    await start(to === 'gate' ? '-g' : '-m');
    return began;
  };
}
