import { describe, expect, it } from 'vitest';
import { answered, answersTo, datagram, type Script, scriptedWire } from '../testing/scripted-wire.ts';
import { NetlinkClient } from './client.ts';
import { KernelFailure } from './failure.ts';
import type { Frame, Message } from './message.ts';

const timeoutMilliseconds = 60;

function clientOf(script: Script, receiveBuffer?: number) {
  const wire = scriptedWire(script, receiveBuffer);
  return { wire, client: new NetlinkClient({ open: wire.open, timeoutMilliseconds }) };
}

const message = (value: number): Message => ({
  command: `TEST ${value}`,
  type: 28,
  writeBody: (writer) => writer.u32(value),
});

const valueOf = ({ bytes, start }: Frame) => bytes.readUInt32LE(start);
const entry = (sequence: number, value: number, flags = 2) => {
  const body = Buffer.alloc(4);
  body.writeUInt32LE(value);
  return { type: 28, flags, sequence, body };
};
const silent: Script = () => [];

describe('a request', () => {
  it('answers what came before its acknowledgement', async () => {
    const { client } = clientOf(([request]) => {
      const sequence = request?.sequence ?? 0;
      return [datagram(entry(sequence, 7)), datagram(answered(sequence))];
    });
    const frames = await client.request(message(1));
    expect(frames.map(valueOf)).toEqual([7]);
  });

  it('throws what the kernel refused, with its command and errno', async () => {
    const { client } = clientOf((messages) => answersTo(messages, () => 3));
    const refused = client.request(message(1));
    await expect(refused).rejects.toBeInstanceOf(KernelFailure);
    await expect(refused).rejects.toMatchObject({ command: 'TEST 1', errno: 'ESRCH' });
  });

  it('fails in time when its acknowledgement is lost, and the next one works', async () => {
    let lost = true;
    const { client } = clientOf((messages) => (lost ? [] : answersTo(messages, () => 0)));
    await expect(client.request(message(1))).rejects.toMatchObject({ errno: 'ETIMEDOUT' });
    lost = false;
    await expect(client.request(message(2))).resolves.toEqual([]);
  });

  it('does not take the late answer to an earlier one for its own', async () => {
    const { client, wire } = clientOf(silent);
    await expect(client.request(message(1))).rejects.toMatchObject({ errno: 'ETIMEDOUT' });
    const second = client.request(message(2));
    const [[first] = []] = wire.sent;
    wire.events().datagram(datagram(answered(first?.sequence ?? 0, 17)));
    await expect(second).rejects.toMatchObject({ errno: 'ETIMEDOUT' });
  });

  it('fails when the answer is garbage, and the next one uses a new socket', async () => {
    let garbage = true;
    const { client, wire } = clientOf((messages) =>
      garbage ? [Buffer.from('garbage in the middle of things')] : answersTo(messages, () => 0),
    );
    await expect(client.request(message(1))).rejects.toMatchObject({ errno: 'EBADMSG' });
    garbage = false;
    await expect(client.request(message(2))).resolves.toEqual([]);
    expect(wire.openSockets()).toBe(1);
  });

  it('fails when the socket breaks', async () => {
    const { client, wire } = clientOf(silent);
    const pending = client.request(message(1));
    setImmediate(() => wire.events().broken('ENOBUFS'));
    await expect(pending).rejects.toMatchObject({ errno: 'ENOBUFS' });
  });
});

describe('a pack', () => {
  it('is one datagram, answered per message', async () => {
    const { client, wire } = clientOf((messages) =>
      answersTo(messages, (each) => (valueOf(each) === 2 ? 17 : valueOf(each) === 4 ? 2 : 0)),
    );
    const answers = await client.pack([1, 2, 3, 4].map(message));
    expect(answers.map((answer) => answer && [answer.command, answer.errno])).toEqual([
      null,
      ['TEST 2', 'EEXIST'],
      null,
      ['TEST 4', 'ENOENT'],
    ]);
    expect(wire.sent.map((messages) => messages.map(({ flags }) => flags))).toEqual([[1, 1, 1, 5]]);
  });

  it('keeps the answers that came when the last one is lost', async () => {
    const { client } = clientOf(([first]) => [datagram(answered(first?.sequence ?? 0, 17))]);
    const answers = await client.pack([1, 2, 3].map(message));
    expect(answers.map((answer) => answer?.errno)).toEqual(['EEXIST', 'ETIMEDOUT', 'ETIMEDOUT']);
  });

  it('ends before a message that cannot be written', async () => {
    const { client, wire } = clientOf((messages) => answersTo(messages, () => 0));
    const answers = await client.pack([message(1), message(2), message(-1), message(4)]);
    expect(answers.map((answer) => answer?.errno ?? null)).toEqual([null, null, 'EINVAL']);
    expect(wire.sent.map((messages) => messages.map(valueOf))).toEqual([[1, 2]]);
    expect(wire.sent[0]?.at(-1)?.flags).toBe(5);
  });

  it('never has more than 64 messages in flight, so that answers fit into the receive buffer', async () => {
    const held: (() => void)[] = [];
    let inFlight = 0;
    let most = 0;
    const wire = scriptedWire(silent);
    const client = new NetlinkClient({
      timeoutMilliseconds,
      open(kind, events) {
        const socket = wire.open(kind, events);
        return {
          ...socket,
          send(bytes) {
            socket.send(bytes);
            const messages = wire.sent.at(-1) ?? [];
            inFlight += messages.length;
            most = Math.max(most, inFlight);
            held.push(() => {
              inFlight -= messages.length;
              for (const answer of answersTo(messages, () => 0)) events.datagram(answer);
            });
          },
        };
      },
    });
    const packs = Array.from({ length: 10 }, () =>
      client.pack(Array.from({ length: 40 }, (_, i) => message(i))),
    );
    for (let round = 0; round < 10; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      held.shift()?.();
    }
    await Promise.all(packs);
    expect(most).toBeLessThanOrEqual(64);
  });

  it('is smaller on a host that allows little receive buffer', () => {
    expect(clientOf(silent, 425_984).client.packLimit).toBe(64);
    expect(clientOf(silent, 16_384).client.packLimit).toBe(4);
    expect(clientOf(silent, 1024).client.packLimit).toBe(1);
  });
});

describe('closing', () => {
  it('settles what is pending and refuses what comes later', async () => {
    const { client, wire } = clientOf(silent);
    const pending = [client.request(message(1)), client.dump(message(2), valueOf)];
    const outcomes = Promise.allSettled(pending);
    await new Promise((resolve) => setImmediate(resolve));
    await client.close();
    const reasons = (await outcomes).map((outcome) =>
      outcome.status === 'rejected' ? outcome.reason : null,
    );
    expect(reasons).toEqual([
      expect.objectContaining({ errno: 'ECANCELED' }),
      expect.objectContaining({ errno: 'ECANCELED' }),
    ]);
    await expect(client.request(message(3))).rejects.toMatchObject({ errno: 'ECANCELED' });
    expect(wire.openSockets()).toBe(0);
  });
});

it('says why when no socket can be opened', () => {
  const open = () => {
    throw Object.assign(new Error('Protocol not supported'), { code: 'EPROTONOSUPPORT' });
  };
  expect(() => new NetlinkClient({ open, timeoutMilliseconds })).toThrow(KernelFailure);
});
