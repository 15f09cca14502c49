import type { ForwardFilter } from '@signalbox/cluster';
import type { Iptables } from '../marks/iptables.ts';
import { KernelFailure } from '../netlink/failure.ts';

/**
 * What the FORWARD chain does with packets that connection tracking does not know, as IPVS replies are. Read from its
 * policy and from rules that drop everything or what is invalid; a chain of others' that it jumps to is not followed.
 */
export async function readForwardFilter(iptables: Iptables): Promise<ForwardFilter> {
  try {
    return filterOf(await iptables.rules('filter', 'FORWARD'));
  } catch (error) {
    if (error instanceof KernelFailure) return { kind: 'unknown', reason: error.reason };
    throw error;
  }
}

/** From what `iptables -S FORWARD` prints, once for each kind of iptables: a packet has to pass both. */
export function filterOf(lines: readonly string[]): ForwardFilter {
  const begins = lines.flatMap((line, at) => (line.startsWith('-P ') ? [at] : []));
  const chains = begins.map((from, at) => lines.slice(from, begins[at + 1]));
  return chains.map(chainFilter).find(({ kind }) => kind === 'dropsUntracked') ?? { kind: 'open' };
}

function chainFilter(lines: readonly string[]): ForwardFilter {
  for (const line of lines) {
    if (line === '-A FORWARD -j ACCEPT') return { kind: 'open' };
    const dropsAll = /^-A FORWARD -j (DROP|REJECT)\b/.test(line);
    const dropsUnknown = /--ctstate \S*INVALID|! --ctstate/.test(line) && /-j (DROP|REJECT)\b/.test(line);
    if (dropsAll || dropsUnknown) return { kind: 'dropsUntracked', rule: line };
  }
  const policy = lines.find((line) => line === '-P FORWARD DROP');
  return policy === undefined ? { kind: 'open' } : { kind: 'dropsUntracked', rule: policy };
}
