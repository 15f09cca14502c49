import { fileURLToPath } from 'node:url';
import type { Place } from '../state/place.ts';
import { frameKind } from '../wire/frame.ts';
import { ExitStatus } from '../wire/guest-messages.ts';
import { openLab } from './lab-client.ts';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
/** A program that hangs ends here; the slowest takes about a minute. */
const PROGRAM_MS = 15 * 60_000;

/** Runs a program in a machine that ends with it; its exit code, null when it did not end in time. */
export async function inThrowAwayMachine(
  place: Place,
  argv: readonly string[],
  print: (text: string) => void,
): Promise<number | null> {
  const channel = await openLab(place);
  const timer = setTimeout(() => channel.abandon(), PROGRAM_MS);
  try {
    await channel.sendJson(frameKind.request, {
      kind: 'exec',
      place: { kind: 'fresh' },
      argv,
      env: { FORCE_COLOR: '0' },
      cwd: repository,
    });
    await channel.send(frameKind.stdinEnd);
    for await (const frame of channel.frames) {
      if (frame.kind === frameKind.stdout || frame.kind === frameKind.stderr) print(frame.payload.toString());
      if (frame.kind === frameKind.failure) throw new Error(frame.payload.toString());
      if (frame.kind === frameKind.exit) return ExitStatus.parse(JSON.parse(frame.payload.toString())).code;
    }
  } finally {
    clearTimeout(timer);
    channel.abandon();
  }
  print(`ended after ${PROGRAM_MS / 1000} s without a result\n`);
  return null;
}
