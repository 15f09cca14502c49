import type { HostMark } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { KernelFailure } from '../netlink/failure.ts';
import { Iptables } from './iptables.ts';
import { Marks } from './marks.ts';

const mark: HostMark = {
  protocol: 'tcp',
  from: null,
  sourcePorts: null,
  address: { family: 'ipv4', text: '10.0.0.1' },
  ports: [80, 443],
  mark: 7,
};
const other: HostMark = { ...mark, mark: 8 };
const foreign = ['-P PREROUTING ACCEPT', '-A PREROUTING -i eth9 -j MARK --set-xmark 0x1/0xffffffff'];
const rule = (number: number) =>
  `-A SIGNALBOX -d 10.0.0.1/32 -p tcp -m tcp -m multiport --dports 80,443 -j MARK --set-xmark 0x${number}/0xffffffff`;
const filled = [...foreign, '-N SIGNALBOX', '-A PREROUTING -j SIGNALBOX', '-A OUTPUT -j SIGNALBOX', rule(7)];

/** Says what it is told to, and remembers what it was asked to change. */
class ScriptedIptables extends Iptables {
  says: readonly string[] | KernelFailure;
  reads = 0;
  readonly changed: (readonly string[])[] = [];
  constructor(says: readonly string[] | KernelFailure) {
    super();
    this.says = says;
  }
  override rules(): Promise<string[]> {
    this.reads += 1;
    return this.says instanceof KernelFailure ? Promise.reject(this.says) : Promise.resolve([...this.says]);
  }
  readonly askedOf: string[] = [];
  override rulesOf(kind: string): Promise<string[]> {
    this.askedOf.push(kind);
    return this.rules();
  }
  override get taken(): string {
    return 'iptables-legacy';
  }
  refusesNext: KernelFailure | null = null;
  override change(_table: string, lines: readonly string[]): Promise<void> {
    const refusal = this.refusesNext;
    this.refusesNext = null;
    if (refusal) return Promise.reject(refusal);
    this.changed.push(lines);
    return Promise.resolve();
  }
}

test('the first mark brings the chain and the jumps to it, the last takes them along', async () => {
  const iptables = new ScriptedIptables(foreign);
  const marks = new Marks(iptables);
  await marks.change([{ kind: 'addMark', mark }]);
  iptables.says = filled;
  await marks.change([{ kind: 'addMark', mark: other }]);
  await marks.change([{ kind: 'deleteMark', mark }]);
  expect(iptables.changed).toEqual([
    [
      ':SIGNALBOX - [0:0]',
      '-A SIGNALBOX -p tcp -m tcp -d 10.0.0.1 -m multiport --dports 80,443 -j MARK --set-mark 7',
      '-A PREROUTING -j SIGNALBOX',
      '-A OUTPUT -j SIGNALBOX',
    ],
    [
      ':SIGNALBOX - [0:0]',
      '-A SIGNALBOX -p tcp -m tcp -d 10.0.0.1 -m multiport --dports 80,443 -j MARK --set-mark 7',
      '-A SIGNALBOX -p tcp -m tcp -d 10.0.0.1 -m multiport --dports 80,443 -j MARK --set-mark 8',
    ],
    [
      ':SIGNALBOX - [0:0]',
      '-A SIGNALBOX -p tcp -m tcp -d 10.0.0.1 -m multiport --dports 80,443 -j MARK --set-mark 8',
    ],
  ]);
  await marks.change([{ kind: 'deleteMark', mark: other }]);
  expect(iptables.changed.at(-1)).toEqual([
    '-D PREROUTING -j SIGNALBOX',
    '-D OUTPUT -j SIGNALBOX',
    '-D SIGNALBOX -p tcp -m tcp -d 10.0.0.1 -m multiport --dports 80,443 -j MARK --set-mark 8',
    '-X SIGNALBOX',
  ]);
});

test('marks are known as they were left, without asking; what somebody took away shows when it is to go', async () => {
  const iptables = new ScriptedIptables(foreign);
  const marks = new Marks(iptables);
  await marks.change([{ kind: 'addMark', mark }]);
  // Somebody cleared the table.
  const { reads } = iptables;
  expect(await marks.read('asLeft')).toEqual([mark]);
  expect(iptables.reads).toBe(reads);
  iptables.refusesNext = new KernelFailure('iptables-restore', 'EINVAL', 'No chain by that name.');
  await expect(marks.change([{ kind: 'deleteMark', mark }])).rejects.toMatchObject({ errno: 'ENOENT' });
  expect(await marks.read('asLeft')).toEqual([]);
});

test('what nobody has read or left yet is asked for', async () => {
  const iptables = new ScriptedIptables(filled);
  expect(await new Marks(iptables).read('asLeft')).toEqual([mark]);
  expect(iptables.reads).toBe(1);
});

test('a chain with somebody else’s rule in it goes all the same, at the second try', async () => {
  const iptables = new ScriptedIptables(filled);
  const marks = new Marks(iptables);
  await marks.read();
  iptables.refusesNext = new KernelFailure('iptables-restore', 'EINVAL', 'Directory not empty.');
  await marks.change([{ kind: 'deleteMark', mark }]);
  expect(iptables.changed).toEqual([
    ['-D PREROUTING -j SIGNALBOX', '-D OUTPUT -j SIGNALBOX', '-F SIGNALBOX', '-X SIGNALBOX'],
  ]);
});

test('a mark that is there already, or is not, changes nothing', async () => {
  const iptables = new ScriptedIptables(filled);
  const marks = new Marks(iptables);
  await expect(marks.change([{ kind: 'addMark', mark }])).rejects.toMatchObject({ errno: 'EEXIST' });
  await expect(marks.change([{ kind: 'deleteMark', mark: other }])).rejects.toMatchObject({
    errno: 'ENOENT',
  });
  expect(iptables.changed).toEqual([]);
});

test('a chain that nothing jumps to any more marks nothing, and comes anew with its jump', async () => {
  const iptables = new ScriptedIptables(filled.filter((line) => !line.startsWith('-A PREROUTING -j')));
  const marks = new Marks(iptables);
  expect(await marks.read()).toEqual([]);
  await marks.change([{ kind: 'addMark', mark: other }]);
  expect(iptables.changed).toEqual([
    [
      ':SIGNALBOX - [0:0]',
      '-A SIGNALBOX -p tcp -m tcp -d 10.0.0.1 -m multiport --dports 80,443 -j MARK --set-mark 8',
      '-A PREROUTING -j SIGNALBOX',
    ],
  ]);
});

test('without any it does not look again until it has put some there', async () => {
  const iptables = new ScriptedIptables(foreign);
  const marks = new Marks(iptables);
  expect([await marks.read(), await marks.read(), iptables.reads]).toEqual([[], [], 1]);
  await marks.change([{ kind: 'addMark', mark }]);
  iptables.says = filled;
  expect(await marks.read()).toEqual([mark]);
});

test('who put the chain there looks for it there only; a chain that was there before may be in any kind', async () => {
  const iptables = new ScriptedIptables(foreign);
  const marks = new Marks(iptables);
  await marks.change([{ kind: 'addMark', mark }]);
  expect(iptables.askedOf).toEqual([]);
  iptables.says = filled;
  await marks.read();
  await marks.read();
  expect(iptables.askedOf).toEqual(['iptables-legacy', 'iptables-legacy']);

  const found = new ScriptedIptables(filled);
  const later = new Marks(found);
  await later.change([{ kind: 'addMark', mark: other }]);
  await later.read();
  expect(found.askedOf).toEqual([]);
});

test('what was read just before is not read again to change it; where it has moved since, it is', async () => {
  const iptables = new ScriptedIptables(foreign);
  const marks = new Marks(iptables);
  await marks.read();
  await marks.change([{ kind: 'addMark', mark }]);
  expect(iptables.reads).toBe(1);

  iptables.says = filled;
  await marks.read();
  // Somebody cleared the table: what should go is gone already.
  iptables.says = foreign;
  iptables.refusesNext = new KernelFailure('iptables-restore', 'EINVAL', 'No chain by that name.');
  await expect(marks.change([{ kind: 'deleteMark', mark }])).rejects.toMatchObject({ errno: 'ENOENT' });
  expect(iptables.reads).toBe(3);
});

test('what cannot be read is not forgotten', async () => {
  const iptables = new ScriptedIptables(new KernelFailure('iptables -S', 'EAGAIN'));
  const marks = new Marks(iptables);
  await expect(marks.read()).rejects.toMatchObject({ errno: 'EAGAIN' });
  iptables.says = filled;
  expect(await marks.read()).toEqual([mark]);
  iptables.says = new KernelFailure('iptables -S', 'EIO');
  await expect(marks.read()).rejects.toMatchObject({ errno: 'EIO' });
});

test('where there is no iptables there are no marks', async () => {
  const iptables = new ScriptedIptables(new KernelFailure('iptables', 'ENOENT'));
  const marks = new Marks(iptables);
  expect([await marks.read(), await marks.read(), iptables.reads]).toEqual([[], [], 1]);
});
