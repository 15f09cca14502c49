// The model of a host and the kernel, side by side: the same operations, the same answers, the same state.
import assert from 'node:assert/strict';
import { applyOperation, type HostState, type Operation } from '@signalbox/cluster';
import type { Kernel } from '../kernel.ts';

/** Runs operations one by one on both, beginning with what the host has. */
export interface SideBySide {
  /** Runs one operation on both; fails when they do not answer alike, or when what is read back differs afterwards. */
  run(operation: Operation): Promise<string>;
  /** The model's state. */
  readonly state: () => HostState;
}

export async function sideBySide(kernel: Kernel, sysctls: readonly string[] = []): Promise<SideBySide> {
  let state = await kernel.observe(sysctls);
  return {
    state: () => state,
    async run(operation) {
      const applied = applyOperation(state, operation);
      const [result] = await kernel.run([operation]);
      const said = result?.kind === 'failed' ? result.errno : 'ok';
      const expected = applied.kind === 'failed' ? applied.errno : 'ok';
      assert.equal(
        said,
        expected,
        `the kernel said ${said}, the model ${expected}: ${JSON.stringify(operation)}`,
      );
      if (applied.kind === 'ok') state = applied.state;
      assert.deepEqual(inOrder(await kernel.observe(sysctls)), inOrder(state), JSON.stringify(operation));
      return said;
    },
  };
}

/** Runs operations on kernel and model, beginning with what the host has; answers what they said. */
export const saidBy =
  (kernel: Kernel) =>
  async (...operations: readonly Operation[]): Promise<string[]> => {
    const both = await sideBySide(kernel);
    const answers: string[] = [];
    for (const operation of operations) answers.push(await both.run(operation));
    return answers;
  };

/** The same state in an order that means nothing, so that two can be compared. */
export function inOrder(state: HostState): HostState {
  const services = state.services.map((service) => ({
    ...service,
    schedulerFlags: service.schedulerFlags.toSorted(),
    destinations: sorted(service.destinations),
  }));
  return {
    services: sorted(services),
    addresses: sorted(state.addresses),
    routes: sorted(state.routes),
    rules: sorted(state.rules),
    sysctls: sorted(state.sysctls),
    marks: sorted(state.marks),
  };
}

/** Sorted by their text, and made again from it: plain objects, whatever made them. */
const sorted = <T>(items: readonly T[]): T[] =>
  items
    .map(canonical)
    .toSorted()
    .map((text) => JSON.parse(text) as T);

/** JSON with keys in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
