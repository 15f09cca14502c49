import { expect, it } from 'vitest';
import { modulesFrom } from './modules.ts';

const nothing = { loaded: null, dependencies: null, builtIn: null, configuration: null };

it('tells what is loaded, built in, loadable and missing', () => {
  const modules = modulesFrom({
    ...nothing,
    loaded: 'ip_vs_rr 16384 1 - Live 0x0000000000000000\nip_vs 163840 3 ip_vs_rr, Live 0x0000000000000000\n',
    builtIn: 'kernel/net/netfilter/ipvs/ip_vs_sh.ko\n',
    dependencies: [
      'kernel/net/netfilter/ipvs/ip_vs_rr.ko.xz: kernel/net/netfilter/ipvs/ip_vs.ko.xz',
      'kernel/net/netfilter/ipvs/ip_vs_wrr.ko.zst: kernel/net/netfilter/ipvs/ip_vs.ko.zst',
      'kernel/net/netfilter/ipvs/ip-vs-lc.ko: kernel/net/netfilter/ipvs/ip_vs_only_here.ko',
    ].join('\n'),
  });
  expect(modules.installed).toBe(true);
  expect(
    ['rr', 'sh', 'wrr', 'lc', 'twos', 'only_here'].map((name) => modules.stateOf(`ip_vs_${name}`)),
  ).toEqual(['loaded', 'builtIn', 'loadable', 'loadable', 'missing', 'missing']);
});

it('believes the configuration of a kernel that has no module files', () => {
  const modules = modulesFrom({
    ...nothing,
    configuration: 'CONFIG_IP_VS=y\nCONFIG_IP_VS_RR=y\n# CONFIG_IP_VS_SH is not set\n',
  });
  expect(modules.installed).toBe(false);
  expect(['ip_vs', 'ip_vs_rr', 'ip_vs_sh'].map((name) => modules.stateOf(name))).toEqual([
    'builtIn',
    'builtIn',
    'missing',
  ]);
});
