import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RolloutView } from '../../api/contract.ts';
import { InLanguage } from '../testing/in-language.tsx';
import { RolloutRow } from './rollout-row.tsx';

const apply: RolloutView = {
  id: 'one',
  clusterId: 'shop',
  revision: 3,
  what: { kind: 'apply' },
  by: 'Ada',
  startedAt: '2030-01-01T10:00:00.000Z',
  finishedAt: '2030-01-01T10:00:02.000Z',
  state: 'done',
  phase: null,
  failure: null,
  hosts: [],
};
const undone: RolloutView = {
  ...apply,
  what: { kind: 'undoFlip', switchId: 'lever', from: 'masq', to: 'gate' },
  by: null,
};

function row(rollout: RolloutView, locale: 'en' | 'zh' = 'en'): string {
  const { container, unmount } = render(
    <InLanguage locale={locale}>
      <table>
        <tbody>
          <RolloutRow rollout={rollout} />
        </tbody>
      </table>
    </InLanguage>,
  );
  const text = [...container.querySelectorAll('th,td')].map((cell) => cell.textContent).join(' | ');
  unmount();
  return text;
}

test('an apply is an apply, under the name of who applied it', () => {
  expect(row(apply)).toMatch(/^Revision 3 \| Apply \| .* \| Ada \|/);
});

test('what a switch undid by itself is said as that, and under nobody’s name', () => {
  expect(row(undone)).toMatch(/\| Switch to DR undone: back to NAT \| .* \| this console, by itself \|/);
  expect(row(undone, 'zh')).toMatch(/\| 撤回到 DR 的切换：退回 NAT \| .* \| 控制台自动执行 \|/);
});

test('a switch of several ways at once goes back to the old way', () => {
  expect(row({ ...undone, what: { ...undone.what, from: null } as RolloutView['what'] })).toContain(
    'back to the old way',
  );
});

test('where nothing was to be done that is said, and nothing is counted', () => {
  expect(row(apply)).toContain('| nothing to do |');
  expect(row(apply)).not.toContain('0 of 0');
});

test('the row leads to its results', () => {
  render(
    <InLanguage>
      <table>
        <tbody>
          <RolloutRow rollout={apply} />
        </tbody>
      </table>
    </InLanguage>,
  );
  expect(screen.getByRole('link').getAttribute('href')).toBe('/clusters/shop/changes/one');
});
