import type { ForwardFilter } from '@signalbox/cluster';
import type { Iptables } from '../marks/iptables.ts';
import { KernelFailure } from '../netlink/failure.ts';
import { forwardVerdict } from './forward-verdict.ts';
import type { Replies } from './reply-match.ts';

/**
 * What the FORWARD chain does with packets that connection tracking does not know, as IPVS replies are: its rules and
 * chains are followed as such a packet would. Where replies come from is only asked when a rule depends on it.
 */
export async function readForwardFilter(
  iptables: Iptables,
  replies: () => Promise<Replies>,
): Promise<ForwardFilter> {
  try {
    const lines = await iptables.rulesIfAny('filter');
    const found = filterOf(lines);
    return found.kind === 'unknown' ? filterOf(lines, await replies()) : found;
  } catch (error) {
    if (error instanceof KernelFailure) return { kind: 'unknown', reason: error.reason };
    throw error;
  }
}

/** From what `iptables -S` prints, once for each kind of iptables: a packet has to pass both. */
export function filterOf(lines: readonly string[], replies: Replies | null = null): ForwardFilter {
  const found = tablesIn(lines).map((table) => tableFilter(table, replies));
  return (
    found.find(({ kind }) => kind === 'dropsUntracked') ??
    found.find(({ kind }) => kind === 'unknown') ?? { kind: 'open' }
  );
}

/** A policy that comes again begins the table of another kind. */
function tablesIn(lines: readonly string[]): string[][] {
  const tables: string[][] = [];
  const policies = new Set<string>();
  for (const line of lines) {
    const [verb, chain = ''] = line.split(' ');
    if (tables.length === 0 || (verb === '-P' && policies.has(chain))) {
      policies.clear();
      tables.push([]);
    }
    if (verb === '-P') policies.add(chain);
    tables.at(-1)?.push(line);
  }
  return tables;
}

function tableFilter(lines: readonly string[], replies: Replies | null): ForwardFilter {
  const verdict = forwardVerdict(lines, replies);
  switch (verdict.kind) {
    case 'accepts':
      return { kind: 'open' };
    case 'drops':
      return { kind: 'dropsUntracked', rule: verdict.rule };
    case 'unsure':
      return { kind: 'unknown', reason: `it depends on the rule ${verdict.rule}` };
  }
}
