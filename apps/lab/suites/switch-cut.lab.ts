// The old way is cut: its connections end, and whoever is new has nothing of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testLab } from '../src/client/test-lab.ts';
import { eventually } from './eventually.ts';
import { oneArm, remembers, serving, switchCut, thrown } from './switching.ts';

const lab = testLab();
const run = (node: string, ...argv: string[]) => lab.read(node, argv);
const PORT = 45123;

/** One request from the port. The server closes first, so that the client may use it again at once. */
const CLIENT = `
  const socket = require('node:net').connect({ host: '${oneArm.vip}', port: 80, localPort: ${PORT} });
  socket.setTimeout(4000, () => socket.destroy(new Error('no answer')));
  socket.pipe(process.stdout);
  socket.write('GET / HTTP/1.0\\r\\n\\r\\n');
`;
const request = () => run('node1', process.execPath, '-e', CLIENT);

void test('cut DR: a client that comes again from the same port is answered by NAT, and not sent the way that is down', async () => {
  using signalbox = await serving(lab, oneArm);
  await thrown(signalbox, 'dr', '--until-flipped');
  await switchCut(signalbox);
  await remembers(lab, oneArm.director, 120);
  assert.match(await request(), /192\.168\.137\.100:80/);
  const entries = () => run(oneArm.director, 'ipvsadm', '-Lnc');
  // Under DR the director hears clients only.
  assert.match(await entries(), new RegExp(`FIN_WAIT +192\\.168\\.0\\.109:${PORT} `));

  // The entry lives as long as was set when it was made; the switch goes by what is set now.
  await remembers(lab, oneArm.director, 30);
  await thrown(signalbox, 'nat', '--until-flipped');
  await signalbox.run('tell-switch', 'cut-now');
  const onLo = () => run('node3', 'ip', '-o', '-4', 'addr', 'show', 'lo');
  await eventually(onLo, (addresses) => !addresses.includes(oneArm.vip), 'the DR half is not down');
  assert.match(await entries(), new RegExp(`FIN_WAIT +192\\.168\\.0\\.109:${PORT} `));
  for (let times = 0; times < 3; times += 1) assert.match(await request(), /192\.168\.137\.13[01]:80/);
  const { code, said } = await signalbox.run('switch', '--to', 'dr');
  assert.notEqual(code, 0);
  assert.match(said, /has not forgotten them yet/);

  await switchCut(signalbox);
  const mode = await run(oneArm.director, 'sysctl', '-n', 'net.ipv4.vs.conn_reuse_mode');
  assert.equal(mode.trim(), '1');
});
