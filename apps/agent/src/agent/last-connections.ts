// A destination that leaves has weight 0 by then: nobody new is sent to it, and whoever is there may come to an end.
import { setTimeout as sleep } from 'node:timers/promises';
import { objectKey, type Operation, touchedObject } from '@signalbox/cluster';
import type { Kernel } from '@signalbox/kernel';

const LOOK_EVERY_MS = 100;
/**
 * Until its handshake is whole a connection counts as inactive (ip_vs_proto_tcp.c), as do those that ended long ago. A
 * handshake that lost a packet goes on after a second (RFC 6298).
 */
const QUIET_MS = 1200;
/** What is open then is cut: an apply comes to an end. */
const LONGEST_MS = 5000;

/** UDP has no connections that end: the kernel only forgets them, after minutes. */
export const letsConnectionsEnd = (operation: Operation): boolean =>
  operation.kind === 'deleteDestination' &&
  operation.destination.weight === 0 &&
  !(operation.service.kind === 'address' && operation.service.protocol === 'udp');

/**
 * Waits until the destinations that these operations delete had no connection for a moment, at most five seconds, and
 * answers how many are still open, by `touchedObject`. What cannot be read is not waited for.
 */
export async function lastConnections(
  kernel: Kernel,
  leaving: readonly Operation[],
): Promise<ReadonlyMap<string, number>> {
  const objects = new Set(leaving.map(touchedObject));
  const began = performance.now();
  for (let activeAt = began; ; await sleep(LOOK_EVERY_MS)) {
    const left = (await destinationsOf(kernel)).filter(({ object }) => objects.has(object));
    const active = left.filter((one) => one.active > 0);
    const now = performance.now();
    if (active.length > 0) activeAt = now;
    const over =
      left.every((one) => one.active + one.inactive === 0) ||
      now - activeAt >= QUIET_MS ||
      now - began >= LONGEST_MS;
    if (over) return new Map(active.map((one) => [one.object, one.active]));
  }
}

async function destinationsOf(kernel: Kernel) {
  const services = await kernel.readServices().catch(() => []);
  return services.flatMap(({ key, destinations }) =>
    destinations.map(({ address, port, active, inactive }) => ({
      object: objectKey({ kind: 'destination', service: key, destination: { address, port } }),
      active,
      inactive,
    })),
  );
}
