// What a firewall script does before it writes its own rules, on a director and without pause: from when it is made ready
// for DR until STOP-FILE is there. By one process that stays, since one that is started for each flush would starve the
// machine. Usage: rule-flusher.mjs STOP-FILE
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [stopFile = ''] = process.argv.slice(2);
const isReady = () => readFileSync('/proc/sys/net/ipv4/vs/conn_reuse_mode', 'utf8').trim() === '3';
const FLUSH = '*mangle\n-F\nCOMMIT\n*filter\n-F\nCOMMIT\n';

while (!existsSync(stopFile) && !isReady()) await sleep(20);

// By the kind of iptables that the machine takes, as such a script would.
const kind = spawnSync('iptables-nft', ['-S']).status === 0 ? 'iptables-nft' : 'iptables-legacy';
const restore = spawn(`${kind}-restore`, ['--noflush', '-w'], { stdio: ['pipe', 'inherit', 'inherit'] });
const ended = once(restore, 'exit');
while (!existsSync(stopFile) && restore.exitCode === null) {
  restore.stdin.write(FLUSH);
  await sleep(5);
}
restore.stdin.end();
const [code] = await ended;
process.exit(code ?? 1);
