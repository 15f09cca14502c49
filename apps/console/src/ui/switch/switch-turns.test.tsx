import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { SwitchTurn, SwitchView } from '../../api/switch-contract.ts';
import { InLanguage } from '../testing/in-language.tsx';
import { EarlierSwitch } from './earlier-switches.tsx';
import { SwitchTurns } from './switch-turns.tsx';

afterEach(cleanup);

const why = 'Nobody confirmed the switch within 60 seconds, so it is undone.';
const itself: SwitchTurn = { kind: 'back', at: '2030-01-01T10:01:00.000Z', by: null, why };
const byGrace: SwitchTurn = { kind: 'back', at: '2030-01-01T10:02:00.000Z', by: 'Grace', why: null };
const on: SwitchTurn = { kind: 'on', at: '2030-01-01T10:03:00.000Z', by: 'Grace', why: null };

const view = (change: Partial<SwitchView>): SwitchView => ({
  id: 'lever',
  clusterId: 'shop',
  by: 'Ada',
  to: 'gate',
  services: [{ serviceId: 'web', name: 'tcp 10.0.0.100:80', from: 'masq' }],
  startedAt: '2030-01-01T10:00:00.000Z',
  finishedAt: '2030-01-01T10:05:00.000Z',
  state: 'done',
  step: 'done',
  stages: [],
  proofs: [],
  failure: null,
  flippedAt: null,
  confirmBy: null,
  forgottenAt: null,
  drain: null,
  turns: [],
  ...change,
});

test('a switch that went on after it was undone still says so, and why', () => {
  const { container } = render(
    <InLanguage>
      <SwitchTurns view={view({ turns: [itself, on] })} />
    </InLanguage>,
  );
  const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(lines[0]).toContain(`went back to NAT by itself: ${why}`);
  expect(lines[1]).toContain('sent on to DR by Grace');
  expect(container.querySelector('time')?.dateTime).toBe(itself.at);
});

test('the reason that stands above as how it ended is not said twice', () => {
  render(
    <InLanguage>
      <SwitchTurns view={view({ state: 'wentBack', failure: why, turns: [itself] })} />
    </InLanguage>,
  );
  expect(screen.queryByRole('listitem')).toBeNull();
});

test('a switch that was never turned round says nothing of it', () => {
  render(
    <InLanguage>
      <SwitchTurns view={view({})} />
    </InLanguage>,
  );
  expect(screen.queryByRole('list')).toBeNull();
});

function line(change: Partial<SwitchView>, locale: 'en' | 'zh' = 'en'): string {
  const { container, unmount } = render(
    <InLanguage locale={locale}>
      <EarlierSwitch one={view(change)} />
    </InLanguage>,
  );
  const text = container.textContent;
  unmount();
  return text;
}

test('in the list, one that was undone on its way is told from one that went through', () => {
  expect(line({ turns: [itself, on] })).toContain(`On its way: went back to NAT by itself: ${why}`);
  expect(line({ turns: [itself, on] }, 'zh')).toContain(
    '途中退回过 1 次，最近一次：自动退回 NAT：60 秒内没有人确认这次切换，因此已撤回。',
  );
  expect(line({ turns: [itself, on, byGrace, on] })).toContain(
    'On its way (2 times): turned back to NAT by Grace',
  );
  expect(line({})).not.toContain('On its way');
});

test('in the list, one that an operator turned back says who', () => {
  expect(line({ state: 'wentBack', step: 'from', turns: [byGrace] })).toContain(
    'turned back to NAT by Grace',
  );
});
