import { ByteWriter } from './byte-writer.ts';
import { KernelFailure } from './failure.ts';
import type { Lane } from './lane.ts';
import { errnoOf, type Frame, type Message, NLM_F_ACK, NLMSG_ERROR, writeMessage } from './message.ts';

/** What one message of a pack came to: null is done. */
export type Answer = KernelFailure | null;

/** Where a pack goes, and who gets answers that are neither errors nor acknowledgements. */
export interface PackOptions {
  readonly lane: Lane;
  /** Writers to be used again. A pack takes one, and gives it back when the kernel has certainly read it. */
  readonly writers: ByteWriter[];
  reply(frame: Frame): void;
}

/** A pack of 64 destinations is about 11 KB. */
const packBytes = 16_384;

/**
 * Sends messages in one datagram. The kernel works through all of them in order (af_netlink.c netlink_rcv_skb) and
 * answers those it refuses and the last one, which asks for it: so the last answer is the end. When that gets lost, every
 * message without an answer has failed with the reason. A message that cannot be written is not sent, nor are those
 * after it: answers end with its failure.
 */
export async function sendPack(
  messages: readonly Message[],
  options: PackOptions,
): Promise<readonly Answer[]> {
  const writer = options.writers.pop() ?? new ByteWriter(packBytes);
  const unwritable = writePack(messages, writer);
  const sent = unwritable === null ? messages : messages.slice(0, unwritable.index);
  const answers = sent.length === 0 ? [] : await exchange(sent, writer, options);
  return unwritable === null ? answers : [...answers, unwritable.failure];
}

function exchange(messages: readonly Message[], writer: ByteWriter, options: PackOptions): Promise<Answer[]> {
  const last = messages.length - 1;
  const answers = messages.map((): Answer => null);
  const failure = (index: number, errno: string, reason?: string) =>
    new KernelFailure(messages[index]?.command ?? 'netlink', errno, reason);
  return new Promise((resolve) => {
    options.lane.start({
      command: messages[0]?.command ?? 'netlink',
      count: messages.length,
      bytes: writer.written(),
      answer(index, frame) {
        if (frame.type !== NLMSG_ERROR) {
          options.reply(frame);
          return false;
        }
        const errno = errnoOf(frame);
        if (errno !== null) answers[index] = failure(index, errno);
        return index === last;
      },
      done() {
        options.writers.push(writer);
        resolve(answers);
      },
      failed: ({ errno, reason }) =>
        resolve(answers.map((answer, index) => answer ?? failure(index, errno, reason))),
    });
  });
}

/** Which message could not be written, and why. */
interface Unwritable {
  readonly index: number;
  readonly failure: KernelFailure;
}

/** Writes messages up to one that cannot be written; the last that is asks for an acknowledgement. */
function writePack(messages: readonly Message[], writer: ByteWriter): Unwritable | null {
  writer.cut(0);
  for (const [index, message] of messages.entries()) {
    try {
      writeMessage(writer, message, index === messages.length - 1 ? NLM_F_ACK : 0);
    } catch (error) {
      writePack(messages.slice(0, index), writer);
      return { index, failure: unwritable(message, error) };
    }
  }
  return null;
}

/** EINVAL for a value that has no place in its field; what the family says itself, e.g. ENODEV, stays. */
function unwritable({ command }: Message, error: unknown): KernelFailure {
  if (error instanceof KernelFailure) return error;
  return new KernelFailure(command, 'EINVAL', error instanceof Error ? error.message : String(error));
}
