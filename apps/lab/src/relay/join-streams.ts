import type { Duplex } from 'node:stream';

/**
 * Carries bytes both ways until both sides have ended: half-closes pass through, back-pressure holds, and when one side
 * breaks the other is broken too, so that nothing is left open.
 */
export function joinStreams(a: Duplex, b: Duplex): void {
  a.pipe(b);
  b.pipe(a);
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => {
      if (!one.readableEnded) other.destroy();
    });
  }
}
