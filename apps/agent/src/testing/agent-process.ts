// The real program on the real kernel, as an operator's service manager would start it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { storeIdentity } from '../state/identity.ts';
import { type Client, connectTo, NODE } from './test-agent.ts';
import { agentLeaf, consoleLeaf, type TestCa, testCa } from './test-ca.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/agent.mjs', import.meta.url));
const START_MS = 30_000;

export interface AgentProcess {
  readonly client: Client;
  readonly lines: readonly string[];
  readonly pid: number;
  /** Ends it and waits until it is gone. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface AgentProgram extends AsyncDisposable {
  readonly ca: TestCa;
  readonly start: () => Promise<AgentProcess>;
}

/** Gives a state folder an identity of a CA of its own, and starts agents on it. None outlives its scope. */
export async function agentProgram(folder: string): Promise<AgentProgram> {
  const ca = await testCa();
  await storeIdentity(folder, {
    nodeId: NODE,
    console: 'test:8421',
    joinedAt: new Date().toISOString(),
    ca: ca.certificate,
    ...(await ca.issue(agentLeaf(NODE))),
  });
  const certified = await ca.issue(consoleLeaf);
  const started = new Set<AgentProcess>();
  return {
    ca,
    start: async () => {
      const args = [PROGRAM, 'run', '--state', folder, '--listen', '127.0.0.1:0'];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines: string[] = [];
      const port = await portOf(child, lines);
      const { client, dispatcher } = connectTo(port, ca, certified);
      const agent: AgentProcess = {
        client,
        lines,
        pid: child.pid ?? 0,
        kill: async (signal) => {
          started.delete(agent);
          const code = await killed(child, signal);
          await dispatcher.destroy();
          return code;
        },
      };
      started.add(agent);
      return agent;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...started].map((agent) => agent.kill('SIGKILL')));
    },
  };
}

/** The exit code; null when the signal ended it. */
async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}

/** Follows what the program says; the port is in the line that says it listens. */
function portOf(child: ChildProcess, lines: string[]): Promise<number> {
  const { stdout } = child;
  if (!stdout) throw new Error('its output is a pipe');
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the agent does not listen: ${lines.join('\n')}`)),
      START_MS,
    );
    createInterface({ input: stdout }).on('line', (line) => {
      lines.push(line);
      const port = / listens on 127\.0\.0\.1:(\d+) /.exec(line)?.[1];
      if (port !== undefined) {
        clearTimeout(late);
        resolve(Number(port));
      }
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the agent ended with ${code}: ${lines.join('\n')}`));
    });
  });
}
