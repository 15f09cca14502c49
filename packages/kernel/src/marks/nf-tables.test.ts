import { expect, test } from 'vitest';
import { answersTo, scriptedWire } from '../testing/scripted-wire.ts';
import { KernelFailure } from '../netlink/failure.ts';
import { NfTables } from './nf-tables.ts';

const tablesOver = (errno: number) => {
  const wire = scriptedWire((messages) => answersTo(messages, () => errno));
  return { wire, tables: new NfTables({ open: wire.open, timeoutMilliseconds: 60 }) };
};

test('a table is asked for by family and name', async () => {
  const { wire, tables } = tablesOver(0);
  expect(wire.openSockets()).toBe(0);
  expect(await tables.mayHave('filter')).toBe(true);
  const [{ type, bytes, start, end } = expect.fail('nothing was sent')] = wire.sent[0] ?? [];
  expect(type).toBe(0x0a01);
  expect(bytes.subarray(start, end).toString('hex')).toBe(
    [
      '02000000', // nfgenmsg: IPv4, version 0, resource 0
      '0b000100', // NFTA_TABLE_NAME, 4 + 7 bytes
      Buffer.from('filter\0').toString('hex'),
      '00',
    ].join(''),
  );
});

test.each([
  ['ENOENT', 2, false],
  ['EINVAL', 22, false],
  ['EPERM', 1, true],
  ['EBUSY', 16, true],
] as const)('%s: only what is certain counts as nothing', async (_, errno, may) => {
  expect(await tablesOver(errno).tables.mayHave('nat')).toBe(may);
});

test('a machine without nfnetlink has no table', async () => {
  const open = () => {
    throw Object.assign(new Error('socket: protocol not supported'), { code: 'EPROTONOSUPPORT' });
  };
  expect(await new NfTables({ open, timeoutMilliseconds: 60 }).mayHave('nat')).toBe(false);
});

test('a machine that lets nobody ask may have one', async () => {
  const open = () => {
    throw new KernelFailure('open a netlink socket', 'EACCES');
  };
  expect(await new NfTables({ open, timeoutMilliseconds: 60 }).mayHave('nat')).toBe(true);
});
