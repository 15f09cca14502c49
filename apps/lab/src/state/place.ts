// Where a lab keeps its things. Every name is derived from the state folder, so that labs never meet.
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Place {
  /** The folder itself. */
  readonly folder: string;
  /** Short and the same for the same folder. */
  readonly id: string;
  /** What is known about the lab that runs here (JSON). */
  readonly record: string;
  /** Written by the kernel as well. */
  readonly shared: string;
  readonly console: string;
  readonly logs: string;
  /** Folder of UNIX sockets, elsewhere when the state folder's path is too long for a socket's address. */
  readonly sockets: string;
  readonly control: string;
  readonly gate: string;
  readonly enrolment: string;
  readonly memory: string;
}

/** sun_path holds 108 bytes (unix(7)); User-Mode Linux adds `/kernel/mconsole` to the folder it is given. */
const LONGEST_SOCKET_FOLDER = 107 - '/kernel/mconsole'.length;

/** The names of a lab whose state is kept in `folder`. */
export function placeOf(folder: string, temporary: string = tmpdir()): Place {
  const at = resolve(folder);
  const id = createHash('sha256').update(at).digest('hex').slice(0, 12);
  const near = join(at, 'sockets');
  const sockets =
    Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER ? near : join(temporary, `signalbox-lab-${id}`);
  return {
    folder: at,
    id,
    record: join(at, 'lab.json'),
    shared: join(at, 'shared'),
    console: join(at, 'console'),
    logs: join(at, 'logs'),
    sockets,
    control: join(sockets, 'control'),
    gate: join(sockets, 'gate'),
    enrolment: join(sockets, 'enrol'),
    memory: join(sockets, 'memory'),
  };
}

/** Makes the folders, for the owner's eyes only: who reaches the control socket is root inside the lab. */
export function makeFolders(place: Place): void {
  mkdirSync(place.folder, { recursive: true, mode: 0o700 });
  for (const folder of [place.shared, place.console, place.logs]) mkdirSync(folder, { mode: 0o700 });
  for (const folder of ['programs', 'agents', 'tests']) mkdirSync(join(place.shared, folder));
  mkdirSync(place.sockets, { mode: 0o700 });
  const made = lstatSync(place.sockets);
  if (!made.isDirectory() || made.uid !== process.getuid?.())
    throw new Error(`${place.sockets} belongs to somebody else`);
}
