// The lab itself: machines as drawn, commands on them, a real kernel below, and nothing left afterwards.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { labAt } from '../src/client/lab.ts';
import { TEST_LAB, testLab } from '../src/client/test-lab.ts';
import { chooseKernel } from '../src/machine/kernel-choice.ts';
import { placeOf } from '../src/state/place.ts';
import { LabStatus } from '../src/wire/control-messages.ts';
import { consoleCommand } from './console-command.ts';
import { eventually } from './eventually.ts';
import { lab, labInForeground, labRunning, scratchState } from './lab-process.ts';
import { methodsOn, oneArm } from './switching.ts';
import { tracesOf } from './traces.ts';

const shared = testLab();

const hostHasIpvs = chooseKernel(null).kind === 'host' && 'the host has IPVS';

/** IPVS brings its counters up to date every two seconds (ip_vs_est.c). */
const STATISTICS_MS = 2500;

void describe('machines', () => {
  void test('nodes of the NAT scenario reach each other as drawn, and no further', async () => {
    await shared.reset('nat');
    const reaches = async (node: string, address: string) =>
      (await shared.exec(node, ['ping', '-c1', '-W1', address])).code === 0;
    assert.equal(await reaches('client', '192.168.0.111'), true);
    assert.equal(await reaches('node2', '192.168.137.131'), true);
    assert.equal(await reaches('rs1', '192.168.137.132'), true);
    assert.equal(await reaches('client', '192.168.137.131'), false);
  });

  void test('in the DR scenario the router forwards by itself', async () => {
    await shared.reset('dr');
    assert.deepEqual(await shared.http('client', 'http://192.168.137.131/', 1), ['rs1 192.168.137.131:80']);
    assert.equal(await shared.read('director', ['cat', '/proc/sys/net/ipv4/ip_forward']), '0\n');
  });

  void test('web servers answer with their name on both ports', async () => {
    await shared.reset('nat');
    const answers = async (url: string) => shared.http('director', url, 1);
    assert.deepEqual(await answers('http://192.168.137.131/'), ['rs1 192.168.137.131:80']);
    assert.deepEqual(await answers('http://192.168.137.130:8080/'), ['rs2 192.168.137.130:8080']);
  });

  void test('a node is a machine of its own: name, boot, processes', async () => {
    await shared.reset('nat');
    const boot = () => shared.read('rs1', ['cat', '/proc/sys/kernel/random/boot_id']);
    const before = await boot();
    assert.equal(await shared.read('rs1', ['hostname']), 'rs1\n');
    assert.notEqual(await shared.read('rs2', ['cat', '/proc/sys/kernel/random/boot_id']), before);
    assert.equal((await shared.exec('client', ['pgrep', '-f', 'web-server'])).code, 1);
    await shared.reset('nat');
    assert.notEqual(await boot(), before);
  });

  void test('a reset gives machines as new', async () => {
    await shared.reset('nat');
    await shared.read('node2', ['ipvsadm', '-A', '-t', '192.168.0.111:80', '-s', 'rr']);
    await shared.read('node3', ['ip', 'address', 'add', '192.168.0.111/32', 'dev', 'lo']);
    await shared.reset('nat');
    assert.equal(await shared.read('node2', ['ipvsadm', '-S', '-n']), '');
    assert.doesNotMatch(await shared.read('node3', ['ip', 'address']), /192\.168\.0\.111/);
  });

  void test('IPVS set up by hand on the director serves the client by NAT, in turn', async () => {
    await shared.reset('nat');
    const vip = '192.168.0.111:80';
    const rule = (...args: string[]) => shared.read('node2', ['ipvsadm', ...args]);
    await shared.read('node2', ['sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
    await rule('-A', '-t', vip, '-s', 'rr');
    await rule('-a', '-t', vip, '-r', '192.168.137.131:80', '-m');
    await rule('-a', '-t', vip, '-r', '192.168.137.130:80', '-m');
    const answers = await shared.http('client', `http://${vip}/`, 6);
    const [first, second] = answers;
    assert.deepEqual(new Set([first, second]), new Set(['rs1 192.168.137.131:80', 'rs2 192.168.137.130:80']));
    assert.deepEqual(answers, [first, second, first, second, first, second]);
    await sleep(STATISTICS_MS);
    assert.match(await rule('-L', '-n', '--stats', '--exact'), /192\.168\.0\.111:80\s+6 /);
  });

  void test('a web server that is killed is started again', async () => {
    await shared.reset('nat');
    await shared.signalService('rs1', 'web', 'SIGKILL');
    const restarts = async () =>
      (await shared.status()).nodes.find((n) => n.name === 'rs1')?.services[0]?.restarts;
    await eventually(restarts, (times) => times === 1, 'it was not started again');
    const answered = () => shared.exec('rs2', ['curl', '--silent', 'http://192.168.137.131/']);
    const { stdout } = await eventually(answered, ({ code }) => code === 0, 'it does not answer');
    assert.equal(stdout, 'rs1 192.168.137.131:80\n');
  });
});

void describe('commands', () => {
  void test('exit codes, both outputs and standard input pass through', async () => {
    await shared.reset('nat');
    const ran = await shared.exec('rs1', ['sh', '-c', 'cat; echo aside >&2; exit 7'], { stdin: 'hello' });
    assert.deepEqual(ran, { code: 7, stdout: 'hello', stderr: 'aside\n' });
  });

  void test('megabytes pass through unharmed', async () => {
    const text = '0123456789abcde\n'.repeat(1 << 18);
    assert.equal((await shared.exec('rs1', ['cat'], { stdin: text })).stdout, text);
  });

  void test('a node that does not exist is named with those that do', async () => {
    await assert.rejects(shared.exec('node9', ['true']), /no node node9; there are node1, node2/);
  });

  void test('a command whose output nobody reads any more ends like any other, without a word', async () => {
    const { child, ended } = labRunning([
      'exec',
      '--state',
      process.env[TEST_LAB] ?? '',
      'rs1',
      '--',
      'seq',
      '2000000',
    ]);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    assert.deepEqual(await ended, { code: 141, stderr: '' });
    assert.equal((await shared.exec('rs1', ['pgrep', 'seq'])).code, 1);
  });

  void test('a command whose caller leaves is ended', async () => {
    await assert.rejects(shared.exec('rs1', ['sleep', '4242'], { timeoutMs: 500 }), /did not end in time/);
    await sleep(500);
    assert.equal((await shared.exec('rs1', ['pgrep', '-f', 'sleep 4242'])).code, 1);
  });
});

void describe('a lab from start to end', () => {
  void test('down leaves nothing: no process, namespace, device, socket, mount or file', async () => {
    await using state = scratchState('with space');
    const before = tracesOf(state.folder);
    const up = await lab(['up', '--detach', '--bare', '--state', state.folder]);
    assert.equal(up.code, 0, up.stderr);
    const told = JSON.parse((await lab(['status', '--json', '--state', state.folder])).stdout);
    assert.equal(told.nodes.length, 5);
    const ran = await lab(
      ['exec', 'node1', '--state', state.folder, '--', 'sh', '-c', 'cat; exit 3'],
      'typed',
    );
    assert.deepEqual(ran, { code: 3, stdout: 'typed', stderr: '' });
    assert.equal((await lab(['down', '--state', state.folder])).code, 0);
    assert.deepEqual(tracesOf(state.folder), before);
  });

  void test('Ctrl-C ends a lab in the foreground and leaves nothing', async () => {
    await using state = scratchState();
    const before = tracesOf(state.folder);
    const { child, up } = labInForeground(['up', '--bare', '--state', state.folder]);
    await up;
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    assert.deepEqual(tracesOf(state.folder), before);
  });

  void test('Ctrl-C while it comes up leaves nothing either', async () => {
    await using state = scratchState();
    const before = tracesOf(state.folder);
    const { child, up } = labInForeground(['up', '--bare', '--state', state.folder]);
    up.catch(() => undefined);
    await once(child.stdout, 'data');
    await sleep(300);
    child.kill('SIGINT');
    await once(child, 'exit');
    assert.deepEqual(tracesOf(state.folder), before);
  });

  void test('a lab killed with -9 takes its kernel along, and the next up clears away the rest', async () => {
    await using state = scratchState();
    const before = tracesOf(state.folder);
    await lab(['up', '--detach', '--bare', '--state', state.folder]);
    const record = JSON.parse(readFileSync(placeOf(state.folder).record, 'utf8'));
    process.kill(record.supervisor.pid, 'SIGKILL');
    await sleep(1000);
    assert.deepEqual(tracesOf(state.folder).processes, []);
    const again = await lab(['up', '--detach', '--bare', '--state', state.folder]);
    assert.match(again.stdout, /cleared away what an earlier lab left/);
    assert.equal((await lab(['exec', 'node1', '--state', state.folder, '--', 'true'])).code, 0);
    await lab(['down', '--state', state.folder]);
    assert.deepEqual(tracesOf(state.folder), before);
  });

  void test('a second lab in the same place is refused by name', async () => {
    await using state = scratchState();
    await lab(['up', '--detach', '--bare', '--state', state.folder]);
    const second = await lab(['up', '--bare', '--state', state.folder]);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /a lab already runs in/);
    const detached = await lab(['up', '--detach', '--bare', '--state', state.folder]);
    assert.equal(detached.code, 1);
    assert.match(detached.stderr, /a lab already runs in/);
  });

  // A lab that is only tried runs on it where the host has no IPVS: it is older, and traces by ptrace.
  void test('a cluster is applied and switched on Debian’s User-Mode Linux too', {
    skip: hostHasIpvs,
  }, async (context) => {
    await using state = scratchState();
    const where = ['--state', state.folder, '--port', '0'];
    const up = await lab(['up', '--detach', '--scenario', 'dr', '--kernel', 'debian-uml', ...where]);
    const [cannot] = /^lab: .*cannot run a program on this processor.*$/m.exec(up.stderr) ?? [];
    if (cannot !== undefined) return context.skip(cannot);
    assert.equal(up.code, 0, up.stderr);
    const told = await lab(['status', '--json', '--state', state.folder]);
    const { kernel, console } = LabStatus.parse(JSON.parse(told.stdout));
    assert.doesNotMatch(kernel.release, /-lab$/);
    assert.ok(console);
    using signalbox = consoleCommand(console);
    // Beside other labs agents may be too busy to answer in time: nothing is done then, and an operator asks again.
    const done = (...command: string[]) =>
      eventually(
        () => signalbox.run(...command),
        ({ code }) => code === 0,
        command.join(' '),
      );
    await done('apply');
    const here = labAt(state.folder);
    const { vip, director } = oneArm;
    assert.equal((await here.http('client', `http://${vip}/`, 4)).length, 4);
    await done('switch', '--to', 'dr');
    assert.deepEqual(await methodsOn(here, director), ['-g', '-g']);
    const answers = await here.http('client', `http://${vip}/`, 4);
    assert.deepEqual(new Set(answers), new Set([`rs1 ${vip}:80`, `rs2 ${vip}:80`]));
  });
});
