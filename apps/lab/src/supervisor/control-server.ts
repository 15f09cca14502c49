import { createServer, type Server, type Socket } from 'node:net';
import { type Channel, channelOver } from '../wire/channel.ts';
import { ControlRequest } from '../wire/control-messages.ts';
import { frameKind } from '../wire/frame.ts';
import type { ExecRequest } from '../wire/guest-messages.ts';
import type { Lab } from './lab.ts';

/** Serves the commands and the tests on a UNIX socket; only the owner of its folder reaches it. */
export function serveControl(socket: string, lab: Lab): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (client) => void serve(client, lab));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, () => resolve(server));
  });
}

async function serve(client: Socket, lab: Lab): Promise<void> {
  const channel = channelOver(client);
  try {
    const first = await channel.frames.next();
    if (first.done === true) return;
    const request = ControlRequest.parse(JSON.parse(first.value.payload.toString()));
    if (request.kind === 'exec') await forward(channel, await openExec(lab, request));
    else await channel.sendJson(frameKind.reply, await answer(lab, request));
  } catch (error) {
    await channel.send(
      frameKind.failure,
      Buffer.from(error instanceof Error ? error.message : String(error)),
    );
  }
  channel.close();
}

async function answer(lab: Lab, request: Exclude<ControlRequest, { kind: 'exec' }>): Promise<unknown> {
  switch (request.kind) {
    case 'reset':
      return lab.reset(request.setup);
    case 'status':
      return lab.status();
    case 'signalService':
    case 'stopService':
    case 'startService':
      await lab.service(request);
      return lab.status();
    case 'down':
      lab.askToStop();
      return {};
  }
}

const openExec = (lab: Lab, request: ExecRequest) => lab.guest.open(request);

/** Frames both ways; when one side leaves, the other is let go. */
async function forward(client: Channel, guest: Channel): Promise<void> {
  const inward = (async () => {
    for await (const frame of client.frames) await guest.send(frame.kind, frame.payload);
    guest.abandon();
  })();
  for await (const frame of guest.frames) await client.send(frame.kind, frame.payload);
  client.close();
  await inward;
}
