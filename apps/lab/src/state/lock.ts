import { createServer, type Server } from 'node:net';
import type { Place } from './place.ts';

/** Held while a lab runs or is being cleaned up; the kernel ends it with its holder. */
export interface HeldLock {
  release(): Promise<void>;
}

/** Takes the lock of a place, or null when somebody has it. An abstract UNIX socket leaves nothing behind (unix(7)). */
export async function takeLock(place: Place): Promise<HeldLock | null> {
  const server = createServer((socket) => socket.destroy());
  const held = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(`\0signalbox-lab-${place.id}`, () => resolve(true));
  });
  return held ? { release: () => closed(server) } : null;
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
