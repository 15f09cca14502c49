// One agent on one state folder: two would write to one kernel with two ledgers. The lock is a socket in the folder,
// which only root can reach: connecting tells whether its owner lives, and a killed owner leaves no more than a name.
import { open, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

const NAME = 'lock.sock';

export interface FolderLock {
  release(): Promise<void>;
}

/** Null when another process holds the folder. */
export async function lockFolder(folder: string): Promise<FolderLock | null> {
  const held = await open(folder, 'r');
  // A socket's path has at most 107 bytes (sockaddr_un), a folder's may have more: this is the same place by a short name.
  const path = `/proc/self/fd/${held.fd}/${NAME}`;
  const server = (await bound(path)) ?? ((await isAlive(path)) ? null : await boundAnew(folder, path));
  if (!server) {
    await held.close();
    return null;
  }
  return {
    release: async () => {
      await new Promise((resolve) => server.close(resolve));
      await held.close();
    },
  };
}

async function boundAnew(folder: string, path: string): Promise<Server | null> {
  await rm(join(folder, NAME), { force: true });
  return bound(path);
}

/** Null when the name is taken, by a living process or a dead one. */
function bound(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server.unref()));
  });
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
