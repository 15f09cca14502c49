import type { KernelSupport } from '@signalbox/cluster';

/** Why the kernel has no IPVS, and what an operator does about it. */
export type MissingIpvs = Omit<Extract<KernelSupport['ipvs'], { kind: 'missing' }>, 'kind'>;

/** What is known about a host whose kernel has no IPVS. */
export interface MissingIpvsFacts {
  readonly release: string;
  /** Whether there is a module that is not loaded. */
  readonly loadable: boolean;
  /** Whether any module of the running kernel is installed, and the releases that are. */
  readonly installed: boolean;
  readonly releases: readonly string[];
  /** Whether loading is turned off until the next boot (kernel.modules_disabled). */
  readonly loadingDisabled: boolean;
  /** ID and ID_LIKE of os-release(5), the closest first. */
  readonly distributions: readonly string[];
}

/** Where a distribution keeps ip_vs. */
const installing: Readonly<Record<string, (release: string) => string>> = {
  debian: () =>
    'apt install linux-image-amd64 (or the one for this machine; not the "cloud" one), then reboot.',
  ubuntu: (release) => `apt install linux-modules-extra-${release}, then modprobe ip_vs.`,
  rhel: (release) => `dnf install kernel-modules-${release}, then modprobe ip_vs.`,
  fedora: (release) => `dnf install kernel-modules-${release}, then modprobe ip_vs.`,
  suse: () => 'zypper install kernel-default, then reboot.',
  alpine: () => 'apk add linux-lts, then reboot.',
  arch: () => 'pacman -S linux, then reboot.',
};

const otherwise =
  'Install the modules of this kernel and run modprobe ip_vs, or boot a kernel that is built with CONFIG_IP_VS.';

/** The first reason that fits, in plain words. */
export function explainMissingIpvs(facts: MissingIpvsFacts): MissingIpvs {
  const { release, loadable, installed, releases, loadingDisabled, distributions } = facts;
  if (loadable && loadingDisabled) {
    return {
      reason: 'The module ip_vs is installed, but loading modules is turned off until the next boot.',
      remedy: 'Have ip_vs loaded at boot (a line "ip_vs" in /etc/modules-load.d/ip_vs.conf), then reboot.',
    };
  }
  if (loadable) {
    return {
      reason: 'The module ip_vs is installed, but the kernel could not load it by itself.',
      remedy: 'Run modprobe ip_vs as root; in a container, on the machine that runs it.',
    };
  }
  if (!installed && releases.length > 0) {
    return {
      reason: `The modules of the running kernel ${release} are not installed (those of ${releases.join(', ')} are).`,
      remedy: 'Reboot into an installed kernel, then look again.',
    };
  }
  const known = distributions.find((name) => Object.hasOwn(installing, name));
  return {
    reason: installed
      ? `Kernel ${release} was installed without ip_vs.`
      : `Kernel ${release} has no modules here.`,
    remedy: (known === undefined ? undefined : installing[known]?.(release)) ?? otherwise,
  };
}

/** ID and ID_LIKE from the text of /etc/os-release: `ubuntu`, then `debian`. */
export function distributionsOf(osRelease: string): string[] {
  const values = new Map(
    Array.from(osRelease.matchAll(/^([A-Z_]+)="?([^"\n]*)"?$/gm), ([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  return [values.get('ID') ?? '', ...(values.get('ID_LIKE') ?? '').split(' ')]
    .filter((name) => name !== '')
    .map((name) => (/suse/.test(name) ? 'suse' : name));
}
