'use client';
import { useAgeText, useConsoleNow } from '../cluster/ages.ts';
import { formatCountdown } from '../figures/format.ts';
import { useIsClient } from '../kit/is-client.ts';

/** How long since a moment of the console's clock. The server's page would say another time than the browser's first. */
export function Passed({ sinceMs }: { sinceMs: number }) {
  const age = useAgeText();
  const nowMs = useConsoleNow();
  return useIsClient() ? age(Math.max(0, nowMs - sinceMs)) : '–';
}

/** How long until a moment, counted down by the second; none left once it has passed. */
export function Remaining({ untilMs }: { untilMs: number }) {
  const nowMs = useConsoleNow();
  return useIsClient() ? formatCountdown(untilMs - nowMs) : '–';
}
