import { channelOver, replyOf } from '../wire/channel.ts';
import type { Channel } from '../wire/channel.ts';
import { frameKind } from '../wire/frame.ts';
import { type GuestRequest, GuestState, LogLine } from '../wire/guest-messages.ts';
import { connectThroughGate } from '../relay/gate.ts';
import { GUEST, GUEST_PORT } from '../machine/management-network.ts';

/** The program inside the kernel, as the host speaks to it. */
export interface GuestClient {
  /** A connection on which this request has been made and whose answers are the caller's. */
  open(request: GuestRequest): Promise<Channel>;
  ask(request: GuestRequest): Promise<GuestState>;
  /** Hands over what the nodes' programs print until the kernel is gone. */
  followLogs(take: (line: LogLine) => void): Promise<void>;
}

/** Speaks through the gate, as soon as the kernel is `ready`. */
export function guestClient(gate: string, ready: Promise<void>): GuestClient {
  const open = async (request: GuestRequest) => {
    await ready;
    const channel = channelOver(await connectThroughGate(gate, { host: GUEST, port: GUEST_PORT }));
    await channel.sendJson(frameKind.request, request);
    return channel;
  };
  return {
    open,
    ask: async (request) => GuestState.parse(await replyOf(await open(request))),
    async followLogs(take) {
      const channel = await open({ kind: 'logs' });
      for await (const frame of channel.frames)
        if (frame.kind === frameKind.stdout) take(LogLine.parse(JSON.parse(frame.payload.toString())));
    },
  };
}
