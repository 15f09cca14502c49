// Hands the one running console from the server that started it to Next's handlers, which may load modules a second time.
// Only types are imported here, so nothing of the console ends up in Next's bundles.
import type { RequestHandlers } from './http/request-handlers.ts';

const key = Symbol.for('signalbox.running-console');
const holder: typeof globalThis & { [key]?: RequestHandlers } = globalThis;

export function setRunningConsole(handlers: RequestHandlers): void {
  holder[key] = handlers;
}

/** @throws when Next runs without the console's own server: `next start` alone has no database and no agents. */
export function runningConsole(): RequestHandlers {
  const running = holder[key];
  if (!running) throw new Error('The console is started with `node server.ts`, not with Next alone.');
  return running;
}
