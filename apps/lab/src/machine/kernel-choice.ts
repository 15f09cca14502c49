import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { programAt, SYSTEM_PATH } from '../processes/programs.ts';
import { builtUml, debianUml, type UmlKernel } from './uml-kernel.ts';

/** What can be asked for: `uml` is the User-Mode Linux built for the lab, or Debian's when none was built. */
export const kernelWishes = ['host', 'uml', 'debian-uml'] as const;
export type KernelWish = (typeof kernelWishes)[number];

/** Which kernel the lab runs on. */
export type Kernel = { readonly kind: 'host' } | { readonly kind: 'uml'; readonly uml: UmlKernel };
export type KernelKind = Kernel['kind'];

export type KernelChoice = Kernel | { readonly kind: 'none'; readonly advice: string };

const env = { ...process.env, PATH: SYSTEM_PATH };
const succeeds = (program: string, ...args: string[]) =>
  spawnSync(program, args, { env, stdio: 'ignore', timeout: 20_000 }).status === 0;

/** The host's own kernel when it has IPVS in a fresh namespace, else User-Mode Linux, else what to install. */
export function chooseKernel(wanted: KernelWish | null): KernelChoice {
  const missing = missingPrograms();
  if (missing.length > 0) return none(`these programs are missing: ${missing.join(', ')}`);
  if ((wanted === null || wanted === 'host') && hostHasIpvs()) return { kind: 'host' };
  if (wanted === 'host')
    return none('the kernel of this machine has no ip_vs (modprobe ip_vs), or we are not root');
  const uml = wanted === 'debian-uml' ? debianUml() : (builtUml() ?? debianUml());
  return uml === null ? none(noUml()) : umlUnlessHindered(uml);
}

const none = (advice: string): KernelChoice => ({ kind: 'none', advice });

const missingPrograms = (): string[] =>
  ['ip', 'unshare', 'nsenter', 'setpriv'].filter((program) => programAt(program) === null);

/** IPVS over generic netlink asks for CAP_NET_ADMIN in the first user namespace, so only root can use the host's. */
function hostHasIpvs(): boolean {
  if (process.getuid?.() !== 0) return false;
  if (!existsSync('/proc/net/ip_vs')) succeeds('modprobe', 'ip_vs');
  return (
    succeeds('unshare', '--net', 'test', '-e', '/proc/net/ip_vs') &&
    succeeds('unshare', '--net', 'ip', 'link', 'add', 'lab', 'type', 'bridge')
  );
}

const noUml = () =>
  process.arch === 'x64'
    ? 'this kernel has no ip_vs and User-Mode Linux is not installed: apt-get install user-mode-linux kmod'
    : 'this kernel has no ip_vs; load it (modprobe ip_vs): User-Mode Linux exists for amd64 only';

function umlUnlessHindered(uml: UmlKernel): KernelChoice {
  if (!existsSync(uml.modules))
    return none(`${uml.modules} is missing: apt-get install --reinstall user-mode-linux`);
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
    return { kind: 'uml', uml };
  } catch {
    return none(
      '/dev/net/tun cannot be opened: User-Mode Linux needs it for its network (modprobe tun; in a container: --device /dev/net/tun)',
    );
  }
}
