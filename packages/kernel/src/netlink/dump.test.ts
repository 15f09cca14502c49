import { describe, expect, it } from 'vitest';
import { answered, answersTo, datagram, ended, type Script, scriptedWire } from '../testing/scripted-wire.ts';
import { NetlinkClient } from './client.ts';
import { type Frame, type Message, NLM_F_DUMP_INTR } from './message.ts';

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

describe('a dump', () => {
  it('reads every entry of every part', async () => {
    const { client } = clientOf(([request]) => {
      const sequence = request?.sequence ?? 0;
      return [
        datagram(entry(sequence, 1), entry(sequence, 2)),
        datagram(entry(sequence, 3), ended(sequence)),
      ];
    });
    await expect(client.dump(message(0), (frame) => valueOf(frame))).resolves.toEqual([1, 2, 3]);
  });

  it('leaves out what its reader does not want', async () => {
    const { client } = clientOf(([request]) => {
      const sequence = request?.sequence ?? 0;
      return [datagram(entry(sequence, 1), entry(sequence, 2), ended(sequence))];
    });
    const odd = (frame: Frame) => (valueOf(frame) % 2 === 1 ? valueOf(frame) : null);
    await expect(client.dump(message(0), odd)).resolves.toEqual([1]);
  });

  it('fails with the errno at its end, as with one at its beginning', async () => {
    const { client } = clientOf(([request]) => [
      datagram(entry(request?.sequence ?? 0, 1), ended(request?.sequence ?? 0, 12)),
    ]);
    await expect(client.dump(message(0), valueOf)).rejects.toMatchObject({ errno: 'ENOMEM' });
    const { client: refused } = clientOf(([request]) => [datagram(answered(request?.sequence ?? 0, 1))]);
    await expect(refused.dump(message(0), valueOf)).rejects.toMatchObject({ errno: 'EPERM' });
  });

  it('begins again when the table changed meanwhile', async () => {
    let changes = 2;
    const { client, wire } = clientOf(([request]) => {
      const sequence = request?.sequence ?? 0;
      changes -= 1;
      const flags = changes >= 0 ? 2 | NLM_F_DUMP_INTR : 2;
      return [datagram(entry(sequence, wire.sent.length, flags), ended(sequence))];
    });
    await expect(client.dump(message(0), (frame) => valueOf(frame))).resolves.toEqual([3]);
    expect(wire.sent).toHaveLength(3);
  });

  it('gives up on a table that never rests', async () => {
    const { client, wire } = clientOf(([request]) => {
      const sequence = request?.sequence ?? 0;
      return [datagram(entry(sequence, 1, 2 | NLM_F_DUMP_INTR), ended(sequence))];
    });
    await expect(client.dump(message(0), valueOf)).rejects.toMatchObject({ errno: 'EINTR' });
    expect(wire.sent).toHaveLength(5);
  });

  it('fails when an entry cannot be read', async () => {
    const { client } = clientOf(([request]) => [datagram(entry(request?.sequence ?? 0, 1))]);
    const unreadable = () => {
      throw new RangeError('no such thing');
    };
    await expect(client.dump(message(0), unreadable)).rejects.toMatchObject({ errno: 'EBADMSG' });
  });

  it('leaves a socket on which it fell silent, because the kernel may still be dumping there', async () => {
    let lost = true;
    const { client, wire } = clientOf(([request]) => (lost ? [] : [datagram(ended(request?.sequence ?? 0))]));
    await expect(client.dump(message(0), valueOf)).rejects.toMatchObject({ errno: 'ETIMEDOUT' });
    expect(wire.openSockets()).toBe(1);
    lost = false;
    await expect(client.dump(message(0), valueOf)).resolves.toEqual([]);
  });

  it('shares no socket with another dump nor with requests', async () => {
    const busy = new Map<string, number>();
    const { client, wire } = clientOf((messages, kind) => {
      const sequence = messages[0]?.sequence ?? 0;
      busy.set(kind, (busy.get(kind) ?? 0) + 1);
      return kind === 'control' ? answersTo(messages, () => 0) : [datagram(ended(sequence))];
    });
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => client.dump(message(i), valueOf)),
      client.request(message(0)),
    ]);
    expect([...busy]).toEqual(
      expect.arrayContaining([
        ['dump', 20],
        ['control', 1],
      ]),
    );
    expect(wire.openSockets()).toBeLessThanOrEqual(5);
  });
});
