import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Place } from '../state/place.ts';
import type { LogLine } from '../wire/guest-messages.ts';

export interface NodeLogs {
  readonly add: (line: LogLine) => void;
  close(): void;
}

/** Each node's programs write to one file, `logs/NODE.log`, the program's name in front. */
export function nodeLogs(place: Place): NodeLogs {
  const files = new Map<string, WriteStream>();
  return {
    add({ node, service, text }) {
      const file = files.get(node) ?? createWriteStream(join(place.logs, `${node}.log`), { flags: 'a' });
      files.set(node, file);
      file.write(`${service}: ${text}\n`);
    },
    close() {
      for (const file of files.values()) file.end();
    },
  };
}
