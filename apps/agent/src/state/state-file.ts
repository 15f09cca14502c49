import { join } from 'node:path';
import type * as z from 'zod';
import { OperatorError } from '../operator-error.ts';
import { readIfThere, writeDurably } from './durable-file.ts';

/** One JSON file of the state folder, written whole and parsed at the door. */
export interface StateFile<T> {
  /** @throws OperatorError when the file is there and is not what this agent writes: never taken for an empty one. */
  read(): Promise<T | null>;
  /** Returns when the disk has it. */
  write(value: T): Promise<void>;
}

export function stateFile<T>(folder: string, name: string, schema: z.ZodType<T>): StateFile<T> {
  const path = join(folder, name);
  return {
    read: async () => {
      const text = await readIfThere(path);
      return text === null ? null : parse(path, text, schema);
    },
    write: (value) => writeDurably(path, JSON.stringify(value)),
  };
}

function parse<T>(path: string, text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OperatorError(`${path} is damaged or was written by another version of the agent.`, { cause });
  }
}
