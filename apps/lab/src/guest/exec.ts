import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { type Channel, writeAll } from '../wire/channel.ts';
import { type FrameKind, frameKind } from '../wire/frame.ts';
import { type ExitStatus, SignalName } from '../wire/guest-messages.ts';
import { signalGroup } from '../processes/process-group.ts';

export interface Command {
  readonly argv: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string | null;
}

/** How long output may still come after the command itself has ended (a child of it may hold the pipe). */
const LAST_WORDS_MS = 300;

/** Runs a command for a caller: his standard input goes in, output and exit status come back. When he leaves, it is killed. */
export async function serveExec(channel: Channel, command: Command): Promise<void> {
  const [program = '', ...rest] = command.argv;
  const child = spawn(program, rest, {
    stdio: 'pipe',
    detached: true,
    env: command.env,
    ...(command.cwd === null ? {} : { cwd: command.cwd }),
  });
  child.stdin.on('error', () => undefined);
  const input = feed(channel, child, child.stdin);
  const output = Promise.all([
    pump(channel, frameKind.stdout, child.stdout),
    pump(channel, frameKind.stderr, child.stderr),
  ]);
  try {
    const status = await exitOf(child);
    await Promise.race([output, sleep(LAST_WORDS_MS)]);
    await channel.sendJson(frameKind.exit, status);
  } catch (error) {
    await channel.send(
      frameKind.failure,
      Buffer.from(error instanceof Error ? error.message : String(error)),
    );
  }
  child.stdout.destroy();
  child.stderr.destroy();
  channel.close();
  await input;
}

/** Standard input and signals, until the caller leaves; a command he left behind is killed. */
async function feed(channel: Channel, child: ChildProcess, stdin: NonNullable<ChildProcess['stdin']>) {
  for await (const frame of channel.frames) {
    if (frame.kind === frameKind.stdin) await writeAll(stdin, frame.payload);
    if (frame.kind === frameKind.stdinEnd) stdin.end();
    if (frame.kind === frameKind.signal) signalGroup(child, SignalName.parse(frame.payload.toString()));
  }
  signalGroup(child, 'SIGKILL');
}

async function pump(channel: Channel, kind: FrameKind, from: Readable): Promise<void> {
  try {
    for await (const chunk of from) await channel.send(kind, chunk);
  } catch (error) {
    if (!from.destroyed) throw error;
  }
}

function exitOf(child: ChildProcess): Promise<ExitStatus> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref();
  });
