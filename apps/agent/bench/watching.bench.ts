// What an agent costs while somebody watches 1,000 services x 4 destinations once a second: run by `npm run bench` in the lab.
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentProgram } from '../src/testing/agent-process.ts';
import { scratchFolder } from '../src/testing/test-agent.ts';

const SERVICES = 1000;
const DESTINATIONS = 4;
const PORT = 80;
const WARM_UP_MS = 5000;
const WATCHED_MS = 30_000;
/** /proc/PID/stat counts in these per second (USER_HZ). */
const TICKS = 100;

const vips = Array.from({ length: SERVICES }, (_, s) => `10.83.${Math.floor(s / 250)}.${(s % 250) + 1}`);
const lines = vips.map((vip, s) => {
  const at = `-u ${vip}:${PORT}`;
  const destinations = Array.from(
    { length: DESTINATIONS },
    (_, d) => `-a ${at} -r 10.84.${d}.${(s % 250) + 1}:${PORT} -m`,
  );
  return [`-A ${at} -s rr`, ...destinations].join('\n');
});
execFileSync('ipvsadm', ['-R'], { input: `${lines.join('\n')}\n` });
execFileSync('ip', ['link', 'set', 'lo', 'up']);
for (const here of ['10.83.0.0/16', '10.84.0.0/16'])
  execFileSync('ip', ['route', 'add', 'local', here, 'dev', 'lo']);

/** User and system time of a process, in seconds (proc(5): fields 14 and 15, after the name in brackets). */
const processorSeconds = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
};
const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

await using folder = await scratchFolder();
await using program = await agentProgram(folder.path);
const agent = await program.start();
let readings = 0;
const subscription = agent.client.watch.subscribe(undefined, {
  onData: ({ kind }) => {
    if (kind !== 'progress') readings += 1;
  },
});

const row = (what: string, value: string) => console.log(`${what.padEnd(58)} ${value}`);

async function watched(what: string): Promise<void> {
  await sleep(WARM_UP_MS);
  const before = { readings, seconds: processorSeconds(agent.pid) };
  await sleep(WATCHED_MS);
  const busy = processorSeconds(agent.pid) - before.seconds;
  const share = ((busy / (WATCHED_MS / 1000)) * 100).toFixed(1);
  const seen = `${readings - before.readings} readings in ${WATCHED_MS / 1000} s`;
  row(
    `agent, ${SERVICES} x ${DESTINATIONS} watched at 1 Hz, ${what}`,
    `${share} % of a core, ${residentMegabytes(agent.pid).toFixed(0)} MB, ${seen}`,
  );
}

await watched('no traffic');

// A packet to every service, all within a second: every service and one of its destinations change at each look.
const socket = createSocket('udp4');
socket.on('error', () => undefined);
let next = 0;
const traffic = setInterval(() => {
  for (let sent = 0; sent < SERVICES / 10; sent += 1) {
    socket.send('x', PORT, vips[next % SERVICES]);
    next += 1;
  }
}, 100);
await watched('every service busy');
clearInterval(traffic);
socket.close();

subscription.unsubscribe();
await agent.kill('SIGTERM');
execFileSync('ipvsadm', ['-C']);
