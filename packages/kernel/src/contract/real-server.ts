// A real server in a network namespace of its own, behind a cable to this one: for traffic that IPVS has to forward.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { output } from './programs.ts';

export const director = '10.8.0.1';
export const realServer = '10.8.0.2';
const cable = 'sb1';

/** Answers each connection with a line, and says on its own output when it listens. */
const program = `
const server = require('node:net').createServer((socket) => {
  socket.on('error', () => {});
  socket.end('hello from the real server\\n');
});
process.stdin.on('data', () => server.listen(80, '0.0.0.0', () => console.log('listening')));
process.stdin.on('end', () => process.exit());
console.log('ready');
`;

export interface RealServer {
  /** Runs ip(8) in its namespace. */
  inside(...args: string[]): Promise<string>;
  /** Writes one sysctl of its namespace: `name=value`. */
  sysctl(assignment: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it; its gateway is this namespace. It listens on every address it has. */
export async function startRealServer(): Promise<RealServer> {
  const child = spawn('unshare', ['-n', process.execPath, '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await said(child, 'ready');
  const pid = String(child.pid);
  const inside = (...args: string[]) => output('nsenter', '-t', pid, '-n', 'ip', ...args);
  await output('ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pid);
  await output('ip', 'addr', 'add', `${director}/24`, 'dev', cable);
  await output('ip', 'link', 'set', cable, 'up');
  await inside('addr', 'add', `${realServer}/24`, 'dev', 'eth0');
  await inside('link', 'set', 'eth0', 'up');
  await inside('link', 'set', 'lo', 'up');
  await inside('route', 'add', 'default', 'via', director);
  child.stdin.write('listen\n');
  await said(child, 'listening');
  return {
    inside,
    sysctl: (assignment) => output('nsenter', '-t', pid, '-n', 'sysctl', '-w', assignment),
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
      // The cable goes with its other end, a moment later.
      await output('ip', 'link', 'delete', cable).catch(() => '');
    },
  };
}

async function said(child: ChildProcess, word: string): Promise<void> {
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the real server ended')));
  const heard = (async () => {
    for (let text = ''; !text.includes(word); ) {
      const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
      text += chunk.toString();
    }
  })();
  await Promise.race([heard, gone]);
}
