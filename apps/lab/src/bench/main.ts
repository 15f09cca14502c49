// `npm run bench`: what the product costs, beside its peers, in one run; `npm run bench -- PART ...` for some of it. Figures
// only; nothing here passes or fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inThrowAwayMachine } from '../client/throw-away-machine.ts';
import { down } from '../commands/down.ts';
import { upDetached } from '../commands/up.ts';
import { closeWhenStopped } from '../processes/close-when-stopped.ts';
import { type Place, placeOf } from '../state/place.ts';
import { confirmToKernel } from './confirm-to-kernel.ts';
import { machine } from './machine.ts';
import { firstSwitches, switches } from './switches.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const repository = new URL('../../../../', import.meta.url).pathname;

type Part = (place: Place, say: (line: string) => void) => Promise<void>;

/** A program of figures in a throw-away machine inside the lab's kernel. */
const inside =
  (file: string): Part =>
  async (place) => {
    const program = [process.execPath, '--disable-warning=ExperimentalWarning', join(repository, file)];
    const code = await inThrowAwayMachine(place, program, (text) => void process.stdout.write(text));
    if (code !== 0) process.exitCode = 1;
  };

const parts: Readonly<Record<string, Part>> = {
  table: inside('packages/kernel/bench/table.bench.ts'),
  watching: inside('apps/agent/bench/watching.bench.ts'),
  confirm: confirmToKernel,
  switches,
  first: firstSwitches,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  process.stderr.write(`there is no part ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}\n`);
  process.exit(2);
}

const parent = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
const place = placeOf(join(parent, 'lab'));
const clear = closeWhenStopped(async () => {
  await down(place);
  rmSync(parent, { recursive: true, force: true });
});
try {
  const setup = { scenario: null, realServers: 2, product: false };
  const { kernel } = await upDetached({ place, kernel: null, setup }, say);
  say(`${cpus().length} x ${cpus()[0]?.model ?? 'processor'}, kernel ${kernel.release} (${kernel.kind})`);
  say(`${await machine(place)}\n`);
  for (const [name, part] of Object.entries(parts))
    if (wanted.length === 0 || wanted.includes(name)) await part(place, say);
} finally {
  await clear();
}
