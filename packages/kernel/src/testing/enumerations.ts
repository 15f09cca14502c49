import { readFileSync } from 'node:fs';

/** The numbers of a header's names, from a list of its enumerations in order: each block of lines begins at 0. */
export function enumerations(path: URL): ReadonlyMap<string, number> {
  const text = readFileSync(path, 'utf8').replaceAll(/^#.*\n/gm, '');
  const blocks = text.split(/\n\n+/).map((block) => block.split('\n').filter((name) => name !== ''));
  return new Map(blocks.flatMap((names) => names.map((name, number) => [name, number] as const)));
}

/** Constants beside the header's numbers for them, in a form that a failing test shows well. */
export function besideHeader(prefix: string, constants: object, header: ReadonlyMap<string, number>) {
  const names = Object.keys(constants);
  return {
    ours: { ...constants },
    header: Object.fromEntries(names.map((name) => [name, header.get(prefix + name)])),
  };
}
