import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemRules } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { problemText } from './problem-text.ts';
import { sentenceText } from './sentence-text.ts';
import { problems as ruleSentences } from './zh/problems.ts';

const HAN = /\p{Script=Han}/u;
const places = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

test('every rule is said in both languages, with no value that the rule does not have', () => {
  for (const [code, { message }] of Object.entries(problemRules)) {
    const said = ruleSentences[code as keyof typeof problemRules];
    expect([code, HAN.test(said)]).toEqual([code, true]);
    expect([code, [...places(said)].filter((name) => !places(message).has(name))]).toEqual([code, []]);
  }
});

test('every refusal that the console has words for is said in Chinese', () => {
  const server = join(import.meta.dirname, '../server');
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const refusals = files.flatMap((file) => {
    const text = readFileSync(join(server, file), 'utf8');
    const found = text.matchAll(/new ConsoleRefusal\(\s*'\w+',\s*(?:'([^']+)'|`([^`]+)`)/g);
    return [...found].map(([, plain, template]) =>
      (plain ?? template ?? '').replace('${again}', 'Review again before applying.'),
    );
  });
  expect(refusals.length).toBeGreaterThan(20);
  // A sentence that is only other sentences put together has no words of its own.
  const own = refusals.filter((text) => /[a-z]{3}/i.test(text.replaceAll(/\$\{[^}]+\}/g, '')));
  const english = own.filter((text) => !HAN.test(sentenceText('zh', text.replaceAll(/\$\{[^}]+\}/g, 'rs1'))));
  expect(english).toEqual([]);
});

test.each([
  [
    '192.168.0.5:7420 refuses connections: the agent is not running there.',
    '192.168.0.5:7420 拒绝连接：代理程序没有在那里运行。',
  ],
  [
    'rs1 has changes to take and cannot be asked: 10.0.0.1:7420 did not answer in time.',
    'rs1 上有改动，但无法询问它：10.0.0.1:7420 没有及时应答。',
  ],
  [
    'director: ipvsadm -A -t 10.0.0.1:80 -s rr: This host already has tcp 10.0.0.1:80. (EEXIST)',
    'director：ipvsadm -A -t 10.0.0.1:80 -s rr：此主机已有 tcp 10.0.0.1:80。 (EEXIST)',
  ],
  [
    'the route to 0.0.0.0/0 via 192.168.137.129 on eth0 was removed by somebody else; put back.',
    '到 0.0.0.0/0 via 192.168.137.129 on eth0 的路由 被其他程序删除；已恢复。',
  ],
  [
    'net.ipv4.ip_forward was set to 0 by somebody else; set to 1 again.',
    'net.ipv4.ip_forward 被其他程序设为 0；已重新设为 1。',
  ],
  ['ECONNREFUSED', '连接被拒绝（ECONNREFUSED）'],
])('%s', (english, chinese) => {
  expect(sentenceText('zh', english)).toBe(chinese);
  expect(sentenceText('en', english)).toBe(english);
});

test('a sentence of a rule that was stored without its code is said in Chinese', () => {
  const message = problemRules.agentSilent.message.replace('{node}', 'rs2');

  expect(sentenceText('zh', `rs2: ${message}`)).toBe(
    `rs2：${ruleSentences.agentSilent.replace('{node}', 'rs2')}`,
  );
});

test('a refusal that ends with its problems says each of them by its rule', () => {
  const problem = {
    code: 'unknownVip',
    severity: 'error' as const,
    path: [],
    values: { service: 'web' },
    message: 'The service web has a VIP that does not exist. Choose one of the VIPs.',
  };
  const text = `The topology has problems that would stop it from working. ${problem.message}`;

  expect(sentenceText('zh', text, [problem])).toBe(
    `图中的问题会使其无法工作。 ${problemText('zh', problem)}`,
  );
});

test('what nobody has words for stays as it is', () => {
  expect(sentenceText('zh', 'Something new: it broke.')).toBe('Something new: it broke.');
});
