// The peer's programs, timed by a small shell of their own: started by this process they would be charged for its fork,
// and this process for the pages that it copies afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface PeerShell {
  /** Milliseconds that a command of ours took, what it printed thrown away. Throws when it failed. */
  timed(command: string): Promise<number>;
  close(): Promise<void>;
}

export function peerShell(): PeerShell {
  const shell = spawn('bash', ['-s'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  return {
    async timed(command) {
      shell.stdin.write(
        `began=\${EPOCHREALTIME/[^0-9]/}; ${command} >/dev/null; code=$?; echo $code $((\${EPOCHREALTIME/[^0-9]/} - began))\n`,
      );
      const { value } = await lines.next();
      const [code, microseconds] = String(value).split(' ').map(Number);
      if (code !== 0 || microseconds === undefined) throw new Error(`${command} ended with ${code}`);
      return microseconds / 1000;
    },
    async close() {
      shell.stdin.end();
      await once(shell, 'close');
    },
  };
}
