// Whether the conditions of a packet filter rule hold for IPVS replies, as far as a host can tell.
import { type Address, type Cidr, contains, parseCidr } from '@signalbox/cluster';

/** Where replies come from, and where they may leave. */
export interface Replies {
  /** The real servers. */
  readonly from: readonly Address[];
  /** Interfaces on whose networks they are. */
  readonly incoming: readonly string[];
  /** Interfaces of the VIPs, and those of default routes. */
  readonly outgoing: readonly string[];
}

export type Matches = 'yes' | 'no' | 'maybe';

/** Conditions as `iptables -S` prints them, before `-j`. */
export function matchOf(condition: string, replies: Replies | null): Matches {
  const found = [...condition.matchAll(/(! )?(-\S+)((?: (?![!-])\S+)*)/g)].map(
    ([, negated, option = '', values = '']): Matches => {
      const matches = optionMatches(option, values.trim(), replies);
      return negated === undefined ? matches : opposite[matches];
    },
  );
  if (found.includes('no')) return 'no';
  return found.includes('maybe') ? 'maybe' : 'yes';
}

const opposite = { yes: 'no', no: 'yes', maybe: 'maybe' } as const;

function optionMatches(option: string, value: string, replies: Replies | null): Matches {
  switch (option) {
    // What a module asks comes after its name.
    case '-m':
      return value === 'conntrack' || value === 'state' || value === 'tcp' || value === 'udp'
        ? 'yes'
        : 'maybe';
    case '--ctstate':
    case '--state':
      return value.split(',').includes('INVALID') ? 'yes' : 'no';
    case '-p':
      return value === 'tcp' || value === 'udp' ? 'maybe' : 'no';
    case '-i':
      return replies === null ? 'maybe' : all(replies.incoming, (name) => isNamed(name, value));
    case '-o':
      return replies === null ? 'maybe' : all(replies.outgoing, (name) => isNamed(name, value));
    case '-s': {
      const network = parseCidr(value);
      return replies === null || network === null ? 'maybe' : all(replies.from, isIn(network));
    }
    default:
      return 'maybe';
  }
}

/** `eth+` is every interface that begins so. */
const isNamed = (name: string, pattern: string): boolean =>
  pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

const isIn = (network: Cidr) => (address: Address) => contains(network, address);

/** Of nothing nothing is known. */
function all<T>(items: readonly T[], is: (item: T) => boolean): Matches {
  const count = items.filter(is).length;
  if (items.length === 0) return 'maybe';
  return count === items.length ? 'yes' : count === 0 ? 'no' : 'maybe';
}
