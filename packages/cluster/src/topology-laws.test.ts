import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyOperation } from './apply-operation.ts';
import { desiredFor } from './desired.ts';
import { emptyHostState, HostState } from './host-state.ts';
import { replyPath, requestPath } from './packet-path.ts';
import { plan } from './plan.ts';
import { problemsOf } from './problems.ts';
import { oneArm, twoArms, withNode, withWeb } from './testing/drawings.ts';
import { anyTopology } from './testing/topologies.test.ts';
import type { Topology } from './topology.ts';
import { diffTopology } from './topology-diff.ts';

const numRuns = 2000;

/** Drawings like the lab's with random services: many of them can work. */
const likeTheLab: fc.Arbitrary<Topology> = fc
  .record({
    base: fc.constantFrom(twoArms(), oneArm()),
    ports: fc.tuple(fc.constantFrom(80, 8080), fc.constantFrom(80, 8080)),
    weights: fc.tuple(fc.nat(2), fc.nat(2)),
    thresholds: fc.tuple(fc.nat(3), fc.nat(3)),
    count: fc.nat(2),
    scheduler: fc.constantFrom('rr', 'wrr', 'sh', 'mh'),
    kind: fc.constantFrom('realServer', 'mysql'),
  })
  .map(({ base, ports, weights, thresholds, count, scheduler, kind }) => {
    const destinations = (base.services[0]?.destinations ?? []).slice(0, count).map((one, index) => ({
      ...one,
      port: ports[index] ?? 80,
      weight: weights[index] ?? 1,
      upperThreshold: thresholds[0],
      lowerThreshold: thresholds[1],
    }));
    return withNode(withWeb(base, { destinations, scheduler }), 'rs2', () => ({ kind }));
  });

const drawing = fc.oneof(anyTopology, likeTheLab);

describe('for any drawing', () => {
  test('problems are found, never thrown, and every sentence is complete', () => {
    fc.assert(
      fc.property(drawing, (topology) => {
        for (const { message, values } of problemsOf(topology)) {
          expect(message).not.toMatch(/[{}]|undefined/);
          for (const value of Object.values(values)) expect(message).toContain(value);
        }
      }),
      { numRuns },
    );
  });

  test('the desired state is one, and paths end, whatever is wrong with it', () => {
    fc.assert(
      fc.property(drawing, (topology) => {
        for (const { id } of topology.nodes) HostState.parse(desiredFor(topology, id));
        for (const service of topology.services) {
          for (const { id } of service.destinations) {
            const ids = [...requestPath(topology, service.id, id), ...replyPath(topology, service.id, id)];
            expect(ids.filter((id) => topology.nodes.every((node) => node.id !== id))).toEqual([]);
          }
        }
      }),
      { numRuns },
    );
  });

  test('without errors, every host takes what it should have', () => {
    let workable = 0;
    fc.assert(
      fc.property(drawing, (topology) => {
        if (problemsOf(topology).some(({ severity }) => severity === 'error')) return;
        workable += 1;
        for (const { id } of topology.nodes) {
          const desired = desiredFor(topology, id);
          const start = {
            ...emptyHostState,
            sysctls: desired.sysctls.map(({ name }) => ({ name, value: '' })),
          };
          let host: HostState = start;
          for (const { operation } of plan(desired, host)) {
            const applied = applyOperation(host, operation);
            if (applied.kind === 'failed') throw new Error(`${applied.errno} ${operation.kind}`);
            host = applied.state;
          }
          expect(plan(desired, host)).toEqual([]);
        }
      }),
      { numRuns },
    );
    expect(workable).toBeGreaterThan(100);
  });

  test('it differs from another exactly when something is said to differ', () => {
    fc.assert(
      fc.property(drawing, drawing, (a, b) => {
        expect(diffTopology(a, a)).toEqual([]);
        if (JSON.stringify(a.nodes) !== JSON.stringify(b.nodes)) expect(diffTopology(a, b)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
