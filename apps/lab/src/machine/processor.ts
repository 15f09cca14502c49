import { readFileSync } from 'node:fs';

/** The processors in a list as in /proc/self/status: `0-3,8`. */
export function parseCpuList(list: string): number[] {
  return list
    .trim()
    .split(',')
    .flatMap((range) => {
      const [first = '', last = first] = range.split('-');
      return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
    });
}

/** Those of this process. */
export function processors(): number[] {
  const status = readFileSync('/proc/self/status', 'utf8');
  return parseCpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '0');
}

/** A processor for a lab's kernel when nobody chose one: by the lab's name, so that two labs are likely to be apart. */
export function processorFor(labId: string): number {
  const allowed = processors();
  return allowed[Number.parseInt(labId.slice(0, 6), 16) % allowed.length] ?? 0;
}
