// How commands and tests speak to a running lab.
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Place } from '../state/place.ts';
import { type Channel, channelOver, replyOf } from '../wire/channel.ts';
import type { ControlRequest } from '../wire/control-messages.ts';
import { frameKind } from '../wire/frame.ts';

/** No lab answers in the place that was named. */
export class NoLab extends Error {}

/** A connection to the lab in this place; throws `NoLab` when none runs there. */
export async function openLab(place: Place): Promise<Channel> {
  return channelOver(
    await new Promise<Duplex>((resolve, reject) => {
      const socket = connect({ path: place.control, allowHalfOpen: true });
      socket.once('error', (cause: NodeJS.ErrnoException) =>
        reject(
          cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED'
            ? new NoLab(`no lab runs in ${place.folder}`, { cause })
            : cause,
        ),
      );
      socket.once('connect', () => resolve(socket));
    }),
  );
}

/** Asks the lab one thing and gives back its answer. */
export async function askLab(place: Place, request: ControlRequest): Promise<unknown> {
  const channel = await openLab(place);
  await channel.sendJson(frameKind.request, request);
  return replyOf(channel);
}
