import { constants } from 'node:os';
import { openLab } from '../client/lab-client.ts';
import type { Place } from '../state/place.ts';
import { writeAll } from '../wire/channel.ts';
import { frameKind } from '../wire/frame.ts';
import { ExitStatus } from '../wire/guest-messages.ts';
import type { ExecPlace } from '../wire/guest-messages.ts';

export interface ExecWish {
  readonly place: ExecPlace;
  readonly argv: readonly string[];
  readonly cwd: string | null;
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Runs a command in the lab with this process's standard streams; answers its exit code (128 + signal, as a shell does). */
export async function exec(lab: Place, { place, argv, cwd }: ExecWish): Promise<number> {
  const channel = await openLab(lab);
  await channel.sendJson(frameKind.request, { kind: 'exec', place, argv: [...argv], env: {}, cwd });
  const pass = (signal: (typeof PASSED_ON)[number]) =>
    void channel.send(frameKind.signal, Buffer.from(signal));
  for (const signal of PASSED_ON) process.on(signal, pass);
  // Whoever reads may have heard enough (`| head`): the command ends, as it would on this machine.
  const unheard = new AbortController();
  unheard.signal.addEventListener('abort', () => channel.abandon());
  for (const output of [process.stdout, process.stderr]) output.on('error', () => unheard.abort());
  void sendInput();
  try {
    for await (const frame of channel.frames) {
      if (frame.kind === frameKind.stdout) await writeAll(process.stdout, frame.payload);
      if (frame.kind === frameKind.stderr) await writeAll(process.stderr, frame.payload);
      if (frame.kind === frameKind.failure) throw new Error(frame.payload.toString());
      if (frame.kind === frameKind.exit)
        return codeOf(ExitStatus.parse(JSON.parse(frame.payload.toString())));
    }
    if (unheard.signal.aborted) return 128 + constants.signals.SIGPIPE;
    throw new Error('the lab went away');
  } finally {
    for (const signal of PASSED_ON) process.off(signal, pass);
    process.stdin.destroy();
    channel.abandon();
  }

  async function sendInput(): Promise<void> {
    try {
      for await (const chunk of process.stdin) await channel.send(frameKind.stdin, chunk);
      await channel.send(frameKind.stdinEnd);
    } catch (error) {
      if (!process.stdin.destroyed) throw error;
    }
  }
}

const codeOf = ({ code, signal }: ExitStatus): number =>
  code ?? 128 + (Object.entries(constants.signals).find(([name]) => name === signal)?.[1] ?? 0);
