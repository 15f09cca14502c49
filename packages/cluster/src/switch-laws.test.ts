// The promise of a switch, over random clusters: whatever the hosts' pace, wherever it stops, clients notice nothing.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desiredFor } from './desired.ts';
import { emptyHostState, type HostState } from './host-state.ts';
import type { ForwardingMethod } from './ipvs.ts';
import { serviceKeyText } from './keys.ts';
import { emptyLedger } from './ledger.ts';
import { planHost } from './plan-host.ts';
import { type SwitchStep, switchSteps } from './switch-steps.ts';
import { type Agents, arrived, fresh, rollout } from './testing/agents.ts';
import { type Connection, connectionsBy, losses } from './testing/service.ts';
import { cluster } from './testing/switch-grounds.test.ts';
import { serviceKeyOf, topologyIndex } from './topology-index.ts';
import { type Way, waysOf } from './ways.ts';

const desiredIn = (step: SwitchStep) => (id: string) => desiredFor(step.topology, id, step.prepared);

/** Those that clients would open now: by the method that each live destination has at this moment. */
function opening({ topology }: SwitchStep, agents: Agents): Connection[] {
  const index = topologyIndex(topology);
  const table = agents.get('director')?.state.services ?? [];
  const ways = waysOf(index).flatMap((way): Way[] => {
    const key = serviceKeyOf(index, way.service);
    const service = table.find((one) => key && serviceKeyText(one.key) === serviceKeyText(key));
    const now = service?.destinations.find(({ address }) => address.text === way.destination.address.text);
    if (now === undefined) throw new Error('a destination is gone');
    return now.weight === 0 ? [] : [{ ...way, method: now.method as ForwardingMethod }];
  });
  return connectionsBy(topology, ways);
}

const wayKey = ({ service, destination, method }: Way) => `${service.id} ${destination.id} ${method}`;
const waysIn = (step: SwitchStep) => waysOf(topologyIndex(step.topology), step.prepared);

/** The kernel takes the routes of an interface along when it goes down, and nothing else. */
const afterFlap = <Agent extends { readonly state: HostState }>(agent: Agent): Agent => ({
  ...agent,
  state: { ...agent.state, routes: agent.state.routes.filter((route) => route.interface === null) },
});

/** To walk: how far from the first step at the start, then where to, and after how many operations it is stopped. */
const walks = fc.record({
  start: fc.constantFrom(0, 3),
  targets: fc.array(
    fc.record({
      back: fc.boolean(),
      stopAfter: fc.option(fc.nat(12)),
      picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});

/** A machine with other work to do still gets through. */
const patience = 60_000;

describe('while services are switched, stopped anywhere and walked back', () => {
  test(
    'a new connection is always served, and an old one passes as long as its way is kept',
    () => {
      fc.assert(
        fc.property(cluster, walks, ({ topology, sysctls, ordered }, { start, targets }) => {
          const steps = switchSteps(topology, { services: ordered, to: 'gate' });
          const step = (number: number): SwitchStep => {
            const found = steps[number];
            if (found === undefined) throw new Error('no such step');
            return found;
          };
          let position: number = start;
          let agents = arrived(fresh(topology, sysctls), desiredIn(step(start)));
          let kept = waysIn(step(start));
          expect(losses(topology, agents, opening(step(start), agents))).toEqual([]);

          for (const { back, stopAfter, picks } of targets) {
            const target = step((position = Math.max(0, Math.min(3, position + (back ? -1 : 1)))));
            const goal = new Set(waysIn(target).map(wayKey));
            kept = kept.filter((way) => goal.has(wayKey(way)));
            let done = 0;
            let isThere = false;
            for (const turn of rollout(agents, desiredIn(target), picks)) {
              agents = turn.agents;
              isThere = turn.operation === null;
              const connections = [...opening(target, agents), ...connectionsBy(topology, kept)];
              expect(losses(topology, agents, connections)).toEqual([]);
              done += 1;
              if (stopAfter !== null && done > stopAfter) break;
            }
            if (isThere) kept = waysIn(target);
          }
        }),
        { numRuns: 150 },
      );
    },
    patience,
  );

  test(
    'a link that flaps leaves replies of the old way unsent, and never lets them bypass the director',
    () => {
      fc.assert(
        fc.property(cluster, fc.constantFrom(0, 1, 2), ({ topology, sysctls, ordered }, number) => {
          const step = switchSteps(topology, { services: ordered, to: 'gate' })[number];
          if (step === undefined) throw new Error('no such step');
          const agents = arrived(fresh(topology, sysctls), desiredIn(step));
          const flapped = new Map([...agents].map(([id, agent]) => [id, afterFlap(agent)]));
          const lost = losses(topology, flapped, connectionsBy(topology, waysIn(step)));
          expect(lost.filter((why) => why.includes('bypasses'))).toEqual([]);
        }),
        { numRuns: 200 },
      );
    },
    patience,
  );

  test(
    'arriving leaves nothing to do, and leaving altogether leaves every host as it was',
    () => {
      fc.assert(
        fc.property(
          cluster,
          fc.array(fc.nat(3), { maxLength: 4 }),
          ({ topology, sysctls, ordered }, visits) => {
            const steps = switchSteps(topology, { services: ordered, to: 'gate' });
            const before = fresh(topology, sysctls);
            let agents = before;
            for (const number of visits) {
              const target = steps[number];
              if (target === undefined) continue;
              agents = arrived(agents, desiredIn(target));
              for (const { id, state, ledger } of agents.values())
                expect(planHost(desiredIn(target)(id), state, ledger)).toEqual({
                  operations: [],
                  problems: [],
                });
            }
            agents = arrived(agents, () => emptyHostState);
            for (const { id, state, ledger } of agents.values()) {
              expect(state).toEqual(before.get(id)?.state);
              expect(ledger).toEqual(emptyLedger('boot'));
            }
          },
        ),
        { numRuns: 200 },
      );
    },
    patience,
  );
});
