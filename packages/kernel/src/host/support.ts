import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { type KernelSupport, Scheduler } from '@signalbox/cluster';
import type { Ipvs } from '../ipvs/ipvs.ts';
import type { MissingIpvs } from '../kernel.ts';
import { distributionsOf, explainMissingIpvs } from './missing-ipvs.ts';
import { installedReleases, type Modules, readModules } from './modules.ts';
import { readSysctl } from './sysctl.ts';

/** What this kernel can do for IPVS. Asking for IPVS loads it where the kernel may; nothing else is loaded or made. */
export async function readSupport(ipvs: Ipvs): Promise<KernelSupport> {
  const kernelRelease = release();
  const info = await ipvs.info();
  const modules = await readModules(kernelRelease);
  const loading = readLoading();
  const conntrack = readSysctl('net.ipv4.vs.conntrack');
  return {
    kernelRelease,
    ipvs:
      info === null
        ? { kind: 'missing', ...(await explainThisHost(kernelRelease, modules)) }
        : { kind: modules.stateOf('ip_vs') === 'loaded' ? 'module' : 'builtIn', version: info.version },
    schedulers: Scheduler.options.map((name) => ({ name, state: schedulerState(name, modules, loading) })),
    conntrack: conntrack === null ? null : conntrack !== '0',
    connectionTableSize: info?.connectionTableSize ?? null,
  };
}

/** Why there is no IPVS; null when there is. What it would read to explain it, it reads only then. */
export async function readMissingIpvs(ipvs: Ipvs): Promise<MissingIpvs | null> {
  if ((await ipvs.info()) !== null) return null;
  const kernelRelease = release();
  return { kernelRelease, ...(await explainThisHost(kernelRelease, await readModules(kernelRelease))) };
}

/** Whether the kernel loads modules when they are asked for. */
interface Loading {
  readonly disabled: boolean;
  readonly onDemand: boolean;
}

function readLoading(): Loading {
  const disabled = readSysctl('kernel.modules_disabled');
  const program = readSysctl('kernel.modprobe');
  return { disabled: disabled === '1', onDemand: disabled !== '1' && (program ?? '') !== '' };
}

function schedulerState(name: string, modules: Modules, { onDemand }: Loading) {
  switch (modules.stateOf(`ip_vs_${name}`)) {
    case 'builtIn':
    case 'loaded':
      return 'loaded';
    case 'loadable':
      return onDemand ? 'loadable' : 'missing';
    case 'missing':
      return 'missing';
  }
}

async function explainThisHost(kernelRelease: string, modules: Modules) {
  const { disabled } = readLoading();
  const [releases, osRelease] = await Promise.all([
    installedReleases(),
    readFile('/etc/os-release', 'utf8').catch(() => ''),
  ]);
  return explainMissingIpvs({
    release: kernelRelease,
    loadable: modules.stateOf('ip_vs') === 'loadable',
    installed: modules.installed,
    releases,
    loadingDisabled: disabled,
    distributions: distributionsOf(osRelease),
  });
}
