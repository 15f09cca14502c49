import type { ForwardFilter } from '@signalbox/cluster';
import type { Iptables } from '../marks/iptables.ts';
import { KernelFailure } from '../netlink/failure.ts';

/**
 * What the FORWARD chain does with packets that connection tracking does not know, as IPVS replies are. Read from its
 * policy and from rules that drop everything or what is invalid, also in chains that everything or what is invalid is
 * sent through; what is sent on for another reason, as one network is, is not followed.
 */
export async function readForwardFilter(iptables: Iptables): Promise<ForwardFilter> {
  try {
    return filterOf(await iptables.rules('filter'));
  } catch (error) {
    if (error instanceof KernelFailure) return { kind: 'unknown', reason: error.reason };
    throw error;
  }
}

/** From what `iptables -S` prints, once for each kind of iptables: a packet has to pass both. */
export function filterOf(lines: readonly string[]): ForwardFilter {
  return (
    tablesIn(lines)
      .map(tableFilter)
      .find(({ kind }) => kind === 'dropsUntracked') ?? { kind: 'open' }
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

function tableFilter(lines: readonly string[]): ForwardFilter {
  const found = verdictOf('FORWARD', lines, 0);
  if (found.kind === 'drops') return { kind: 'dropsUntracked', rule: found.rule };
  const policy = lines.find((line) => line === '-P FORWARD DROP');
  return found.kind === 'accepts' || policy === undefined
    ? { kind: 'open' }
    : { kind: 'dropsUntracked', rule: policy };
}

type Verdict = { readonly kind: 'accepts' | 'returns' } | { readonly kind: 'drops'; readonly rule: string };

/** The kernel takes no circles; a text might. */
const DEEPEST = 32;

/** What becomes of an untracked packet in a chain. */
function verdictOf(chain: string, lines: readonly string[], depth: number): Verdict {
  if (depth > DEEPEST) return { kind: 'returns' };
  for (const rule of lines.filter((line) => line.startsWith(`-A ${chain} `))) {
    const { condition, jump, target } = partsOf(rule, chain);
    const isForAll = condition === '';
    if (!isForAll && !isForUntracked(condition)) continue;
    if (target === 'DROP' || target === 'REJECT') return { kind: 'drops', rule };
    if (target === 'ACCEPT' && isForAll) return { kind: 'accepts' };
    if (target === 'RETURN' && isForAll) return { kind: 'returns' };
    const inside = verdictOf(target, lines, depth + 1);
    if (inside.kind === 'drops') return inside;
    if (isForAll && (inside.kind === 'accepts' || jump === '-g')) return inside;
  }
  return { kind: 'returns' };
}

const isForUntracked = (condition: string) => /--ctstate \S*INVALID|! --ctstate/.test(condition);

/** A comment is no condition. */
function partsOf(rule: string, chain: string) {
  const bare = rule.replaceAll(/ -m comment --comment (?:"(?:[^"\\]|\\.)*"|\S+)/g, '');
  const words = bare.slice(`-A ${chain}`.length);
  const [, condition = words, jump = '', target = ''] = /^(.*?) (-[jg]) (\S+)/.exec(words) ?? [];
  return { condition: condition.trim(), jump, target };
}
