import { chmodSync, copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { GUEST, GUEST_PORT } from './management-network.ts';
import type { UmlKernel } from './uml-kernel.ts';

/** The tap lives in the lab's own network namespace: its name meets nobody. */
export const TAP = 'tap0';

export interface UmlPlan {
  readonly program: string;
  /** Processor to stay on. */
  readonly cpu: number;
  readonly memoryMegabytes: number;
  /** Folder for the kernel's own sockets; short, as it goes into a socket's address. */
  readonly sockets: string;
  /** The lab's folder that the kernel may write. */
  readonly shared: string;
  readonly node: string;
}

/**
 * The command that boots User-Mode Linux. It is pinned to one processor: the kernel and each of its processes are two
 * host processes that hand over at every page fault, and handing over between processors is six times slower.
 */
export function umlCommand(plan: UmlPlan): string[] {
  return [
    'taskset',
    '--cpu-list',
    String(plan.cpu),
    plan.program,
    // Since Linux 6.16 a process of User-Mode Linux can hand over by seccomp and futex, in half of ptrace's time.
    'seccomp=auto',
    `mem=${plan.memoryMegabytes}M`,
    'umid=kernel',
    `uml_dir=${plan.sockets}`,
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    'quiet',
    'con=null',
    'con0=null,fd:1',
    'con1=null',
    `vec0:transport=tap,ifname=${TAP},depth=128,gro=1`,
    quoted('init', join(plan.shared, 'init')),
    quoted('LAB_SHARED', plan.shared),
    quoted('LAB_MODULES', join(plan.shared, 'modules')),
    quoted('LAB_NODE', plan.node),
    `LAB_ADDRESS=${GUEST}`,
    `LAB_PORT=${GUEST_PORT}`,
  ];
}

/** The kernel splits its command line at white space unless a value is quoted, and knows no escape for the quote. */
function quoted(key: string, value: string): string {
  if (/["\n]/.test(value)) throw new Error(`the path ${value} contains a quotation mark or a line break`);
  return `${key}="${value}"`;
}

/** Puts what the kernel starts with into the lab's shared folder. */
export function layOutUml(shared: string, { modules }: UmlKernel, initScript: string): void {
  copyFileSync(initScript, join(shared, 'init'));
  chmodSync(join(shared, 'init'), 0o755);
  mkdirSync(join(shared, 'modules/lib'), { recursive: true });
  symlinkSync(modules, join(shared, 'modules/lib/modules'));
}
