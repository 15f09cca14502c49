// Questions over UDP, run on a client node: new ones from a port of their own each, and one flow that keeps its port.
// A question that is not answered is lost: nothing here asks again. Prints what became of them as JSON.
import { createSocket } from 'node:dgram';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [vip, port, stopFile] = process.argv.slice(2);
/** Much longer than an answer takes, also where this program has to wait for the processor. */
const ANSWER_MS = 10_000;
const BETWEEN_MS = 10;
const FLOW_EVERY_MS = 100;
const told = { questions: 0, lost: 0, flow: 0, flowLost: 0, answers: {} };
const stopped = () => existsSync(stopFile);

function asked(socket) {
  const { promise, resolve } = Promise.withResolvers();
  const timer = setTimeout(() => resolve(null), ANSWER_MS);
  socket.once('message', (text) => resolve(String(text)));
  socket.send('who', Number(port), vip);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.removeAllListeners('message');
  });
}

const open = () => createSocket('udp4').on('error', () => undefined);

async function questions() {
  while (!stopped()) {
    const socket = open();
    const answer = await asked(socket);
    socket.close();
    told.questions += 1;
    if (answer === null) told.lost += 1;
    else told.answers[answer] = (told.answers[answer] ?? 0) + 1;
    await sleep(BETWEEN_MS);
  }
}

async function flow() {
  const socket = open();
  while (!stopped()) {
    told.flow += 1;
    if ((await asked(socket)) === null) told.flowLost += 1;
    await sleep(FLOW_EVERY_MS);
  }
  socket.close();
}

await Promise.all([questions(), questions(), flow()]);
process.stdout.write(JSON.stringify(told));
