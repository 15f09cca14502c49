// `npm run bench`: what the product costs, beside its peers, in one run. Figures only; nothing here passes or fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inThrowAwayMachine } from '../client/throw-away-machine.ts';
import { down } from '../commands/down.ts';
import { upDetached } from '../commands/up.ts';
import { placeOf } from '../state/place.ts';
import { confirmToKernel } from './confirm-to-kernel.ts';
import { switches } from './switches.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const repository = new URL('../../../../', import.meta.url).pathname;
const inside = ['packages/kernel/bench/table.bench.ts', 'apps/agent/bench/watching.bench.ts'];

const parent = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
const place = placeOf(join(parent, 'lab'));
try {
  const setup = { scenario: null, realServers: 2, product: false };
  const { kernel } = await upDetached({ place, kernel: null, setup }, say);
  say(`${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, kernel ${kernel.release} (${kernel.kind})\n`);
  for (const file of inside) {
    const program = [process.execPath, '--disable-warning=ExperimentalWarning', join(repository, file)];
    const code = await inThrowAwayMachine(place, program, (text) => void process.stdout.write(text));
    if (code !== 0) process.exitCode = 1;
  }
  await confirmToKernel(place, say);
  await switches(place, say);
} finally {
  await down(place);
  rmSync(parent, { recursive: true, force: true });
}
