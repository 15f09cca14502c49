// The program inside the lab's kernel: makes machines out of namespaces and runs commands on them.
// Usage: guest.mjs ADDRESS PORT [LINK]. LINK is the interface to the outside; without it we are on the host's own kernel.
import { readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { GUEST_READY } from '../machine/management-network.ts';
import { type Channel, channelOver } from '../wire/channel.ts';
import { frameKind } from '../wire/frame.ts';
import { GuestRequest, type Stage } from '../wire/guest-messages.ts';
import { enter } from './enter.ts';
import { environment } from '../processes/environment.ts';
import { serveExec } from './exec.ts';
import { logHub } from './log-hub.ts';
import { MANAGEMENT_BRIDGE } from './network.ts';
import { ipBatch } from '../processes/programs.ts';
import { type Staged, stageUp } from './staged.ts';

const NOTHING = { bridges: 0, nodes: [] };

const logs = logHub();
let staged: Staged = await stageUp(NOTHING, logs.add);
/** Stages follow each other; commands meet the one that is there. */
let staging: Promise<void> = Promise.resolve();

function restage(stage: Stage): Promise<void> {
  const next = changeTo(stage, staging);
  staging = next.catch(() => undefined);
  return next;
}

async function changeTo(stage: Stage, before: Promise<void>): Promise<void> {
  await before;
  await staged.clear();
  staged = await stageUp(NOTHING, logs.add);
  staged = await stageUp(stage, logs.add);
}

async function answer(request: GuestRequest, channel: Channel): Promise<void> {
  switch (request.kind) {
    case 'exec':
      return serveExec(channel, {
        argv: enter(request.place, request, staged.pidOf),
        env: environment(request.env),
        cwd: request.place.kind === 'node' ? null : request.cwd,
      });
    case 'logs':
      return sendLogs(channel);
    case 'stage':
      await restage(request.stage);
      break;
    case 'start':
      await staged.start(request.node, request.service);
      break;
    case 'stop':
      await staged.stop(request.node, request.service);
      break;
    case 'signal':
      staged.signal(request);
      break;
    case 'state':
      break;
  }
  await channel.sendJson(frameKind.reply, { kernel: await kernelRelease(), nodes: staged.nodes() });
  channel.close();
}

const kernelRelease = async () => (await readFile('/proc/sys/kernel/osrelease', 'utf8')).trim();

async function sendLogs(channel: Channel): Promise<void> {
  const gone = new AbortController();
  const watch = channel.frames.next().finally(() => gone.abort());
  for await (const line of logs.listen(gone.signal)) await channel.sendJson(frameKind.stdout, line);
  await watch;
}

async function serve(socket: Socket): Promise<void> {
  const channel = channelOver(socket);
  try {
    const first = await channel.frames.next();
    if (first.done === true) return;
    await answer(GuestRequest.parse(JSON.parse(first.value.payload.toString())), channel);
  } catch (error) {
    await channel.send(
      frameKind.failure,
      Buffer.from(error instanceof Error ? error.message : String(error)),
    );
    channel.close();
  }
}

const [address = '', port = '', link] = process.argv.slice(2);
await ipBatch([
  'link set lo up',
  `link add ${MANAGEMENT_BRIDGE} type bridge mcast_snooping 0`,
  ...(link === undefined ? [] : [`link set ${link} master ${MANAGEMENT_BRIDGE} up`]),
  `link set ${MANAGEMENT_BRIDGE} up`,
  `addr add ${address}/24 dev ${MANAGEMENT_BRIDGE}`,
]);
createServer((socket) => void serve(socket)).listen(Number(port), address, () => {
  process.stdout.write(`${GUEST_READY}\n`);
});
