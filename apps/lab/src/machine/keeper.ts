// The first process of the lab's own namespaces on the host. Everything the lab starts is below it and ends with it;
// it boots the kernel and carries connections between the lab's network and UNIX sockets.
// Usage: keeper.ts PLAN (JSON, see keeper-plan.ts)
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ipBatch, SYSTEM_PATH } from '../processes/programs.ts';
import { carryOutward } from '../relay/carry.ts';
import { serveGate } from '../relay/gate.ts';
import { KeeperPlan } from './keeper-plan.ts';
import { GUEST, GUEST_PORT, OUTSIDE, PREFIX } from './management-network.ts';
import { TAP, umlCommand } from './uml.ts';

const plan = KeeperPlan.parse(JSON.parse(process.argv[2] ?? ''));
process.env['PATH'] = SYSTEM_PATH;

/**
 * A file system in memory that only we see. User-Mode Linux keeps its memory there: /dev/shm may be small or refuse
 * execution. On the host's own kernel it takes what would be in /tmp.
 */
function mountMemory(): string {
  const memory = join(plan.sockets, 'memory');
  mkdirSync(memory);
  const size = `size=${plan.memoryMegabytes + 64}M,mode=0700`;
  // In large pages where the host has them: a fault of the lab's kernel costs a quarter less then.
  const mounted = [`${size},huge=always`, size].some(
    (options) => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'lab', memory]).status === 0,
  );
  if (!mounted) throw new Error(`no file system could be mounted on ${memory}`);
  return memory;
}

function bootUml(uml: string) {
  const [program = '', ...args] = umlCommand({ ...plan, program: uml });
  return spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: SYSTEM_PATH, TMPDIR: mountMemory() },
  });
}

function startOnHost() {
  const guest = join(plan.shared, 'programs/guest.mjs');
  return spawn(plan.node, [guest, GUEST, String(GUEST_PORT)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: SYSTEM_PATH, TMPDIR: mountMemory() },
  });
}

function endWith(reason: string): never {
  process.stderr.write(`the kernel ended: ${reason}\n`);
  process.exit(1);
}

if (plan.uml !== null)
  await ipBatch([
    'link set lo up',
    `tuntap add dev ${TAP} mode tap`,
    `addr add ${OUTSIDE}/${PREFIX} dev ${TAP}`,
    `link set ${TAP} up`,
  ]);
else await ipBatch(['link set lo up', `addr add ${OUTSIDE}/32 dev lo`]);

await serveGate(plan.gate);
for (const way of plan.outward) await carryOutward(way);
const kernel = plan.uml === null ? startOnHost() : bootUml(plan.uml);
kernel.once('exit', (code, signal) => endWith(signal ?? `exit ${code ?? 0}`));
kernel.once('error', (error) => endWith(error.message));
