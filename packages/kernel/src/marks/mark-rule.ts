// One mark as a rule of our chain, written and read back.
import {
  canonicalAddress,
  formatCidr,
  type HostMark,
  markChain,
  parseCidr,
  Protocol,
} from '@signalbox/cluster';

/** As `iptables-restore` takes it, to append the rule to our chain or to delete it there. */
export function markRule(verb: '-A' | '-D', rule: HostMark): string {
  const { protocol, from, sourcePorts, address, ports, mark } = rule;
  const source = from === null ? [] : ['-s', formatCidr(from)];
  const sports = sourcePorts === null ? [] : ['--sport', `${sourcePorts.first}:${sourcePorts.last}`];
  const dports = ports.length === 1 ? ['--dport'] : ['-m', 'multiport', '--dports'];
  const match = ['-p', protocol, '-m', protocol, ...source, '-d', address.text, ...sports, ...dports];
  return [verb, markChain, ...match, ports.join(','), '-j', 'MARK', '--set-mark', String(mark)].join(' ');
}

/** What `iptables -S` prints of our chain; null for a line that is not one of ours. */
export function parseMarkRule(line: string): HostMark | null {
  const words = line.split(' ');
  if (words[0] !== '-A' || words[1] !== markChain || words.includes('!')) return null;
  const after = (...names: readonly string[]) => {
    const at = words.findIndex((word) => names.includes(word));
    return at === -1 ? undefined : words[at + 1];
  };
  if (after('-j') !== 'MARK') return null;
  const protocol = Protocol.safeParse(after('-p'));
  const address = canonicalAddress((after('-d') ?? '').replace(/\/32$|\/128$/, ''));
  const source = after('-s');
  const from = source === undefined ? null : parseCidr(source.includes('/') ? source : `${source}/32`);
  const ports = (after('--dport', '--dports') ?? '').split(',').map(Number);
  const mark = Number((after('--set-xmark', '--set-mark') ?? '').split('/')[0]);
  if (!protocol.success || !address || ports.some((port) => !(port > 0)) || !(mark > 0)) return null;
  return {
    protocol: protocol.data,
    from,
    sourcePorts: rangeOf(after('--sport', '--sports')),
    address,
    ports,
    mark,
  };
}

function rangeOf(text: string | undefined): HostMark['sourcePorts'] {
  if (text === undefined) return null;
  const [first = 0, last = first] = text.split(':').map(Number);
  return { first, last };
}
