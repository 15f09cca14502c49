import { setTimeout as wait } from 'node:timers/promises';
import { ByteWriter } from './byte-writer.ts';
import { KernelFailure } from './failure.ts';
import type { Lane } from './lane.ts';
import {
  errnoOf,
  type Frame,
  type Message,
  NLM_F_DUMP,
  NLM_F_DUMP_INTR,
  NLMSG_DONE,
  NLMSG_ERROR,
  writeMessage,
} from './message.ts';

/** How often a dump is begun again because the table changed under it, and how long we let the table come to rest. */
const attempts = 5;
const restMilliseconds = 5;

/** What a dump brought, and whether the kernel says that the table changed meanwhile. */
interface Dumped<T> {
  readonly entries: T[];
  readonly interrupted: boolean;
}

/**
 * Asks for a whole table on a lane that nothing else uses. Entries are read as they come, so that a large table is never
 * held as bytes. Throws `KernelFailure`, EINTR when the table changed during every attempt.
 */
export async function dumpOn<T>(
  lane: Lane,
  message: Message,
  read: (frame: Frame) => T | null,
): Promise<T[]> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const { entries, interrupted } = await dumpOnce(lane, message, read);
    if (!interrupted) return entries;
    await wait(restMilliseconds * attempt);
  }
  throw new KernelFailure(message.command, 'EINTR', 'the table changed each time it was read');
}

function dumpOnce<T>(lane: Lane, message: Message, read: (frame: Frame) => T | null): Promise<Dumped<T>> {
  const entries: T[] = [];
  let interrupted = false;
  let errno: string | null = null;
  return new Promise((resolve, reject) => {
    lane.start({
      command: message.command,
      count: 1,
      bytes: requestBytes(message),
      answer(_, frame) {
        interrupted ||= (frame.flags & NLM_F_DUMP_INTR) !== 0;
        if (frame.type === NLMSG_DONE || frame.type === NLMSG_ERROR) {
          errno = errnoOf(frame);
          return true;
        }
        const entry = read(frame);
        if (entry !== null) entries.push(entry);
        return false;
      },
      done() {
        if (errno === null) resolve({ entries, interrupted });
        else reject(new KernelFailure(message.command, errno));
      },
      failed: reject,
    });
  });
}

function requestBytes(message: Message): Buffer {
  const writer = new ByteWriter(256);
  writeMessage(writer, message, NLM_F_DUMP);
  return writer.written();
}
