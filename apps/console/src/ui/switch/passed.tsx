'use client';
import { useAgeText, useConsoleNow } from '../cluster/ages.ts';
import { useIsClient } from '../kit/is-client.ts';

/** How long since a moment of the console's clock. The server's page would say another time than the browser's first. */
export function Passed({ sinceMs }: { sinceMs: number }) {
  return <Ticking ms={(nowMs) => nowMs - sinceMs} />;
}

/** How long until a moment; none left once it has passed. */
export function Remaining({ untilMs }: { untilMs: number }) {
  return <Ticking ms={(nowMs) => untilMs - nowMs} />;
}

function Ticking({ ms }: { ms: (nowMs: number) => number }) {
  const age = useAgeText();
  const nowMs = useConsoleNow();
  return useIsClient() ? age(Math.max(0, ms(nowMs))) : '–';
}
