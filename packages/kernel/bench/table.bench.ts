// What the kernel package costs beside ipvsadm, in the same run, on the same kernel: run by `npm run bench` inside the lab.
// Needs root, ip_vs and ipvsadm. Every round has a network namespace of its own: a table that was cleared leaves its
// destinations in the kernel's trash for minutes, and each one added is first looked for there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, emptyHostState } from '@signalbox/cluster';
import { largeTable, operationsFor } from './large-table.ts';
import type { Round } from './one-round.ts';

const rounds = 5;

/** Runs a program in a new network namespace. Without any local address the kernel takes no destination. */
const fresh = (...argv: string[]): string =>
  execFileSync('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...argv], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 120_000,
  });

const restoreScript = `began=\${EPOCHREALTIME/[^0-9]/}; ipvsadm -R <"$1" || exit; echo $((\${EPOCHREALTIME/[^0-9]/} - began))`;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const row = (what: string, value: string) => console.log(`${what.padEnd(58)} ${value}`);
const milliseconds = (values: readonly number[]) => `${median(values).toFixed(0)} ms`;

/** Medians of both, and of the ratio of each pair: a machine that drifts does so in both. */
function beside(peer: string, pairs: readonly { readonly ours: number; readonly peer: number }[]): string {
  const ratio = median(pairs.map((pair) => pair.ours / pair.peer)).toFixed(3);
  const ours = milliseconds(pairs.map((pair) => pair.ours));
  const theirs = milliseconds(pairs.map((pair) => pair.peer));
  return `${ours}, ${peer} ${theirs}, ratio ${ratio}`;
}

const folder = mkdtempSync(join(tmpdir(), 'signalbox-bench-'));
try {
  const file = join(folder, 'rules');
  const lines = operationsFor(largeTable(1000, 10), emptyHostState).map(describe);
  writeFileSync(file, lines.map((line) => `${line.replace(/^ipvsadm /, '')}\n`).join(''));

  const roundProgram = join(import.meta.dirname, 'one-round.ts');
  const ours = (how: 'warm' | 'cold') =>
    JSON.parse(fresh(process.execPath, '--disable-warning=ExperimentalWarning', roundProgram, how)) as Round;
  const measured = Array.from({ length: rounds }, () => ({
    round: ours('warm'),
    restore: Number(fresh('bash', '-c', restoreScript, 'bash', file)) / 1000,
    cold: ours('cold').apply,
  }));

  const applied = measured.map(({ round, restore }) => ({ ours: round.apply, peer: restore }));
  row('apply 1,000 services x 10 destinations, writes', beside('ipvsadm -R', applied));
  const atOnce = measured.map(({ cold, restore }) => ({ ours: cold, peer: restore }));
  row('the same by a process that has just started', beside('ipvsadm -R', atOnce));
  row('observe the whole table', milliseconds(measured.flatMap(({ round }) => round.observe)));
  row(
    'verify it against what was wanted (plan)',
    milliseconds(measured.flatMap(({ round }) => round.verify)),
  );
  row('no-op apply', `${Math.max(...measured.map(({ round }) => round.writes.noOp))} writes`);
  row(
    'one changed weight',
    `${Math.max(...measured.map(({ round }) => round.writes.oneWeight))} write message`,
  );
  const reads = measured.flatMap(({ round }) => round.reads);
  row('read everything with counters', beside('ipvsadm -Ln --stats', reads));
} finally {
  rmSync(folder, { recursive: true });
}
