import { render, screen } from '@testing-library/react';
import type { HostRule, HostState } from '@signalbox/cluster';
import { expect, test } from 'vitest';
import { InLanguage } from '../testing/in-language.tsx';
import { HostStateCard } from './host-state-card.tsx';

const rule = (priority: number, table: number): HostRule => ({
  priority,
  table,
  from: null,
  to: null,
  ipProtocol: null,
  sourcePort: null,
  mark: null,
  protocol: 2,
});
const state: HostState = {
  services: [],
  addresses: [],
  routes: [],
  rules: [rule(0, 255), rule(32_766, 254), rule(32_767, 253), rule(99, 100)],
  sysctls: [],
  marks: [],
};

test('the kernel’s own rules are said by the names that ip rule has for them', () => {
  render(
    <InLanguage>
      <HostStateCard title="Not ours" empty="nothing" state={state} stale={false} />
    </InLanguage>,
  );
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'priority 0 lookup local protocol kernel',
    'priority 32766 lookup main protocol kernel',
    'priority 32767 lookup default protocol kernel',
    'priority 99 lookup 100 protocol kernel',
  ]);
});
