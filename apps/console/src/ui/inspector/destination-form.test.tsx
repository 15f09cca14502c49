import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { DrawnCluster } from '../testing/drawn-cluster.tsx';
import { DestinationForms } from './destination-form.tsx';

afterEach(cleanup);

/** The form of the service's first destination, with these thresholds. */
function open(lowerThreshold: number, upperThreshold = 0) {
  const drawing = twoArms({});
  const services = drawing.services.map((service) => ({
    ...service,
    destinations: service.destinations.slice(0, 1).map((one) => ({ ...one, lowerThreshold, upperThreshold })),
  }));
  render(
    <DrawnCluster drawing={{ ...drawing, services }}>
      {(topology) =>
        topology.services.map((service) => <DestinationForms key={service.id} service={service} />)
      }
    </DrawnCluster>,
  );
  const lower = screen.getByLabelText<HTMLInputElement>(/lower/i);
  return { lower, section: () => lower.closest('details')?.open };
}

test('thresholds that are in use are in sight, others are folded away', () => {
  expect(open(5, 10).section()).toBe(true);
  cleanup();
  expect(open(0).section()).toBe(false);
});

test('who types another threshold over the last one keeps the field, also while it says 0', () => {
  const { lower, section } = open(5);
  for (const value of ['0', '', '07', '0']) {
    fireEvent.change(lower, { target: { value } });
    expect(section()).toBe(true);
    expect(lower.isConnected).toBe(true);
  }
});
