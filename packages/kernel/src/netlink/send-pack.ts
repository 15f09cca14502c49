import { ByteWriter } from './byte-writer.ts';
import { KernelFailure } from './failure.ts';
import type { Lane } from './lane.ts';
import { errnoOf, type Frame, type Message, NLM_F_ACK, NLMSG_ERROR, writeMessage } from './message.ts';

/** What one message of a pack came to: null is done. */
export type Answer = KernelFailure | null;

/** A message with its attributes, roughly: where the buffer begins to grow from. */
const bytesPerMessage = 192;

/**
 * Sends messages in one datagram. The kernel works through all of them in order (af_netlink.c netlink_rcv_skb) and
 * answers those it refuses and the last one, which asks for it: so the last answer is the end. When that gets lost, every
 * message without an answer has failed with the reason.
 */
export function sendPack(
  lane: Lane,
  messages: readonly Message[],
  reply: (frame: Frame) => void,
): Promise<readonly Answer[]> {
  const last = messages.length - 1;
  const answers = messages.map((): Answer => null);
  const failure = (index: number, errno: string, reason?: string) =>
    new KernelFailure(messages[index]?.command ?? 'netlink', errno, reason);
  return new Promise((resolve) => {
    lane.start({
      command: messages[0]?.command ?? 'netlink',
      count: messages.length,
      bytes: (first) => packBytes(messages, first),
      answer(index, frame) {
        if (frame.type !== NLMSG_ERROR) {
          reply(frame);
          return false;
        }
        const errno = errnoOf(frame);
        if (errno !== null) answers[index] = failure(index, errno);
        return index === last;
      },
      done: () => resolve(answers),
      failed: ({ errno, reason }) =>
        resolve(answers.map((answer, index) => answer ?? failure(index, errno, reason))),
    });
  });
}

function packBytes(messages: readonly Message[], first: number): Buffer {
  const writer = new ByteWriter(messages.length * bytesPerMessage);
  for (const [index, message] of messages.entries()) {
    const flags = index === messages.length - 1 ? NLM_F_ACK : 0;
    writeMessage(writer, message, { flags, sequence: first + index });
  }
  return writer.take();
}
