import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 250;
/** Timings decide nothing: this only ends what hangs, also on a machine that has much else to do. */
const PATIENCE_MS = 150_000;

/** Asks again and again until it is so; `what` is said when it does not come. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  what: string,
): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    assert.ok(performance.now() < end, `${what}: ${JSON.stringify(answer)}`);
    await sleep(ASK_EVERY_MS);
  }
}
