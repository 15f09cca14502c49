import type { Channel } from './channel.ts';
import { frameKind } from './frame.ts';
import { ExitStatus } from './guest-messages.ts';

/** What a command did. */
export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything a command prints until it ends, on a channel where it has been asked for; null when the channel ends first. */
export async function runToEnd(channel: Channel, stdin = ''): Promise<Ran | null> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  if (stdin !== '') await channel.send(frameKind.stdin, Buffer.from(stdin));
  await channel.send(frameKind.stdinEnd);
  for await (const frame of channel.frames) {
    if (frame.kind === frameKind.stdout) stdout.push(frame.payload);
    if (frame.kind === frameKind.stderr) stderr.push(frame.payload);
    if (frame.kind === frameKind.failure) throw new Error(frame.payload.toString());
    if (frame.kind === frameKind.exit) {
      const { code } = ExitStatus.parse(JSON.parse(frame.payload.toString()));
      return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
    }
  }
  return null;
}
