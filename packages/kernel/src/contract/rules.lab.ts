// Policy rules: the kernel beside the model, and what ip(8) says to it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { HostRule, Operation } from '@signalbox/cluster';
import { openKernel } from '../index.ts';
import { ipJson, output } from './programs.ts';
import { cidr, rule } from './route-objects.ts';
import { saidBy } from './side-by-side.ts';

const kernel = await openKernel();
after(() => kernel.close());

const said = saidBy(kernel);
const addRule = (each: HostRule): Operation => ({ kind: 'addRule', rule: each });
const removeRule = (each: HostRule): Operation => ({ kind: 'deleteRule', rule: each });

const replies = rule('192.0.2.131/32', { ipProtocol: 'tcp', sourcePort: 80, table: 5429 });

void test('a rule is there once, and another selector makes another rule', async () => {
  const other = { ...replies, sourcePort: 443 };
  assert.deepEqual(
    await said(
      addRule(replies),
      addRule(replies),
      addRule(other),
      addRule({ ...replies, ipProtocol: 'udp' }),
      addRule({ ...replies, table: 5430 }),
      addRule({ ...replies, priority: 5301 }),
      addRule({ ...replies, mark: 7 }),
      removeRule(other),
      removeRule(other),
      removeRule({ ...replies, from: cidr('192.0.2.132/32') }),
      removeRule({ ...replies, mark: 7 }),
      removeRule(replies),
      removeRule({ ...replies, ipProtocol: 'udp' }),
      removeRule({ ...replies, table: 5430 }),
      removeRule({ ...replies, priority: 5301 }),
    ),
    ['ok', 'EEXIST', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ENOENT', 'ENOENT', 'ok', 'ok', 'ok', 'ok', 'ok'],
  );
});

void test('ip shows the rule that we wrote, and we read the rule that ip writes', async () => {
  assert.deepEqual(await said(addRule(replies)), ['ok']);
  const shown = await ipJson<Record<string, unknown>[]>('rule', 'show', 'priority', '5300');
  assert.deepEqual(
    shown.map((each) => [each['src'], each['ipproto'], each['sport'], each['table'], each['protocol']]),
    [['192.0.2.131', 'tcp', 80, '5429', '83']],
  );
  assert.deepEqual(await said(removeRule(replies)), ['ok']);

  const selectors = [
    'from',
    '192.0.2.131',
    'to',
    '198.51.100.0/24',
    'fwmark',
    '7',
    'ipproto',
    'udp',
    'sport',
    '53',
  ];
  await output('ip', 'rule', 'add', 'priority', '77', ...selectors, 'lookup', '99', 'protocol', 'static');
  const { rules } = await kernel.observe([]);
  assert.deepEqual(
    rules.filter(({ priority }) => priority === 77),
    [
      {
        priority: 77,
        from: cidr('192.0.2.131/32'),
        to: cidr('198.51.100.0/24'),
        ipProtocol: 'udp',
        sourcePort: 53,
        mark: 7,
        table: 99,
        protocol: 4,
      } satisfies HostRule,
    ],
  );
  await output('ip', 'rule', 'delete', 'priority', '77');
});

void test('a rule of another protocol stays', async () => {
  await output(
    'ip',
    'rule',
    'add',
    'priority',
    '5300',
    'from',
    '192.0.2.1',
    'lookup',
    '5300',
    'protocol',
    'static',
  );
  const [result] = await kernel.run([removeRule(rule('192.0.2.1/32'))]);
  assert.equal(result?.kind === 'failed' && result.errno, 'ENOENT');
  await output('ip', 'rule', 'delete', 'priority', '5300');
});
