import { cleanup, render } from '@testing-library/react';
import type { Scheduler } from '@signalbox/cluster';
import { afterEach, expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { DrawnCluster } from '../testing/drawn-cluster.tsx';
import { SchedulerText } from './scheduler-text.tsx';

afterEach(cleanup);

function drawn(scheduler: Scheduler) {
  const drawing = twoArms({});
  return { ...drawing, services: drawing.services.map((service) => ({ ...service, scheduler })) };
}

function show(is: Scheduler, was: Scheduler | null) {
  const { container } = render(
    <DrawnCluster drawing={drawn(is)} applied={was && drawn(was)}>
      {({ services }) => services.map((service) => <SchedulerText key={service.id} service={service} />)}
    </DrawnCluster>,
  );
  return { text: container.textContent, title: container.querySelector('[title]')?.getAttribute('title') };
}

test('a scheduler that is not applied yet stands beside the one in use', () => {
  expect(show('wlc', 'rr')).toEqual({ text: 'wlc rr', title: 'Not applied yet: rr is in use' });
});

test('one that is applied, or of a service that never was, stands alone', () => {
  expect(show('wlc', 'wlc').text).toBe('wlc');
  cleanup();
  expect(show('wlc', null).text).toBe('wlc');
});
