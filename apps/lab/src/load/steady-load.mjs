// A client's load, from inside a node: short requests on connections of their own, one after the other and at a steady beat,
// and connections that stay and ask again and again.
// Usage: steady-load.mjs VIP PORT WORKERS LONG_LIVED TIMEOUT_MS STEADY_FILE STOP_FILE.
// Makes STEADY_FILE when every connection that stays was answered; ends when STOP_FILE exists, and prints JSON.
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const [host, port, workers, longLived, timeoutMs, steadyFile, stopFile] = process.argv.slice(2);
const PAUSE_MS = 20;
/** Who waited long for an answer pauses longer: the load is to be served, not to drown a slow machine. */
const PAUSE_PER_REQUEST = 8;
const BETWEEN_WORDS_MS = 250;
/** The same for each of hundreds, within bounds. */
const PAUSE_PER_WORD = 100;
const MOST_BETWEEN_WORDS_MS = 5000;
const BETWEEN_COMERS_MS = 50;
const COMERS_PER_ANSWER = 5;
const MOST_BETWEEN_COMERS_MS = 500;
const failures = new Map();
const answers = new Map();
/** When new connections began to be answered from the VIP itself (DR) or from a real server's own address (NAT). */
const turns = [];
/** What failed first, and when it began. */
const missed = [];
const MOST_MISSED = 10;
const told = { requests: 0, failed: 0, lost: 0, maxMs: 0, stopped: false, stoodStillMs: 0 };

/**
 * A client's patience is counted in beats: while the whole machine stands still, as a guest does whose host is busy, nobody
 * waits for anybody, and what was answered meanwhile is there at the next beat.
 */
const BEAT_MS = 100;
let beats = 0;
let beatAt = performance.now();
setInterval(() => {
  const now = performance.now();
  told.stoodStillMs = Math.max(told.stoodStillMs, Math.round(now - beatAt - BEAT_MS));
  beatAt = now;
  beats += 1;
}, BEAT_MS).unref();

const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
/** What becomes of a socket after nobody waits for its answer any more is nobody's failure. */
function connected() {
  return connect(Number(port), host).on('error', () => {});
}

const request = (keep) =>
  `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: ${keep ? 'keep-alive' : 'close'}\r\n\r\n`;

function ask(socket, keep) {
  return new Promise((resolve, reject) => {
    let text = '';
    const done = (settle, value) => {
      clearInterval(timer);
      socket.off('data', read).off('error', fail).off('close', closed);
      settle(value);
    };
    const fail = (error) => done(reject, error);
    const closed = () => done(reject, Object.assign(new Error('closed'), { code: 'CLOSED' }));
    const patientUntil = beats + Number(timeoutMs) / BEAT_MS;
    const timer = setInterval(() => {
      if (beats >= patientUntil) fail(Object.assign(new Error('timed out'), { code: 'TIMEOUT' }));
    }, BEAT_MS);
    const read = (chunk) => {
      text += chunk;
      const [head, body = ''] = text.split('\r\n\r\n');
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.NaN);
      const whole = Number.isNaN(length) ? body.includes('\n') : body.length >= length;
      if (whole && text.includes('\r\n\r\n')) done(resolve, /\w+ [\d.]+:\d+/.exec(body)?.[0] ?? body);
    };
    socket.setEncoding('utf8').on('data', read).on('error', fail).on('close', closed);
    socket.write(request(keep));
  });
}

let newestTurn = 0;
/** An answer to a request that began before the newest turn is of the time before it. */
function seen(answer, began) {
  const fromVip = answer.split(' ')[1]?.startsWith(`${host}:`) ?? false;
  if (began < newestTurn || turns.at(-1)?.fromVip === fromVip) return;
  newestTurn = began;
  turns.push({ at: Date.now(), fromVip });
}

const run = promisify(execFile);

/** What the kernel says of the client's end: whether the other answered at all, and what was sent again. */
async function socketFrom(from) {
  const { stdout } = await run('ss', ['-tinoH', `sport = :${from}`]).catch(() => ({ stdout: '' }));
  return stdout.replaceAll(/\s+/g, ' ').trim();
}

async function once() {
  const began = performance.now();
  const socket = connected();
  let from = 0;
  setImmediate(() => {
    from = socket.localPort ?? 0;
  });
  told.requests += 1;
  try {
    const answer = await ask(socket, false);
    count(answers, answer);
    seen(answer, began);
    told.maxMs = Math.max(told.maxMs, performance.now() - began);
  } catch (error) {
    told.failed += 1;
    const code = error.code ?? error.message;
    count(failures, code);
    const tookMs = Math.round(performance.now() - began);
    const one = { at: Date.now() - tookMs, tookMs, code, from, socket: '' };
    if (missed.length < MOST_MISSED) {
      missed.push(one);
      one.socket = await socketFrom(from);
    }
  }
  socket.destroy();
}

async function worker() {
  while (!told.stopped) {
    const began = performance.now();
    await once();
    await sleep(Math.max(PAUSE_MS, (performance.now() - began) * PAUSE_PER_REQUEST));
  }
}

/** New clients come whether the ones before them were answered or not. */
async function comers() {
  const all = [];
  let newest = 0;
  const come = async () => {
    const began = performance.now();
    await once();
    newest = performance.now() - began;
  };
  while (!told.stopped) {
    all.push(come());
    // Nobody is waited for, but the beat is one that the machine can keep.
    await sleep(Math.min(Math.max(BETWEEN_COMERS_MS, newest * COMERS_PER_ANSWER), MOST_BETWEEN_COMERS_MS));
  }
  await Promise.all(all);
}

/** How many of those that stay were answered, or are lost. */
let settled = 0;
const settle = () => {
  settled += 1;
  if (settled === Number(longLived)) writeFileSync(steadyFile, '');
};

async function stay() {
  const socket = connected();
  let isNew = true;
  try {
    while (!told.stopped) {
      const began = performance.now();
      await ask(socket, true);
      if (isNew) settle();
      isNew = false;
      const pause = Math.max(BETWEEN_WORDS_MS, (performance.now() - began) * PAUSE_PER_WORD);
      await sleep(Math.min(pause, MOST_BETWEEN_WORDS_MS));
    }
    // Who has not spoken for a while is there to the end.
    await ask(socket, true);
  } catch (error) {
    told.lost += 1;
    if (isNew) settle();
    count(failures, `long-lived ${error.code ?? error.message}`);
  }
  socket.destroy();
}

const all = [
  comers(),
  ...Array.from({ length: Number(workers) }, worker),
  ...Array.from({ length: Number(longLived) }, stay),
];
process.stdout.write('loading\n');
if (Number(longLived) === 0) writeFileSync(steadyFile, '');
while (!existsSync(stopFile)) await sleep(50);
told.stopped = true;
await Promise.all(all);
console.log(
  JSON.stringify({
    requests: told.requests,
    failed: told.failed,
    longLived: Number(longLived),
    lost: told.lost,
    maxMs: Math.round(told.maxMs),
    stoodStillMs: told.stoodStillMs,
    turns,
    missed,
    answers: Object.fromEntries(answers),
    failures: Object.fromEntries(failures),
  }),
);
