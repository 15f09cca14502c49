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

/** From what `iptables -S FORWARD` prints. */
export function filterOf(lines: readonly string[]): ForwardFilter {
  for (const line of lines) {
    if (/^-A FORWARD -j ACCEPT$/.test(line)) return { kind: 'open' };
    const drops = /-j (DROP|REJECT)\b/.test(line);
    const matchesUntracked =
      /^-A FORWARD -j (DROP|REJECT)/.test(line) ||
      /--ctstate \S*INVALID/.test(line) ||
      /! --ctstate/.test(line);
    if (drops && matchesUntracked) return { kind: 'dropsUntracked', rule: line };
  }
  const policy = lines.find((line) => line === '-P FORWARD DROP');
  return policy === undefined ? { kind: 'open' } : { kind: 'dropsUntracked', rule: policy };
}
