import type { PlannedOperation } from './operation.ts';

/**
 * The plan as canonical JSON, for SHA-256: what is done, in which order and phase; keys sorted, no white space. It
 * has no counters and no times, so looking again at an unchanged host gives the same text.
 */
export function canonicalOperations(planned: readonly PlannedOperation[]): string {
  return canonicalJson(planned);
}

/** JSON with the keys of every object in code-unit order (as RFC 8785 has it). */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
