// What becomes of an IPVS reply in the FORWARD chain, from what `iptables -S` prints.
import { type Matches, matchOf, type Replies } from './reply-match.ts';

export type Verdict =
  | { readonly kind: 'accepts' }
  /** `rule`: what drops it, or what it depends on. */
  | { readonly kind: 'drops' | 'unsure'; readonly rule: string };

type After = () => Verdict;

interface Rule {
  readonly text: string;
  readonly matches: Matches;
  readonly jump: string;
  readonly target: string;
}

/** The kernel takes no circles; a text might. And chains of chains could be followed for ever. */
const DEEPEST = 32;
const MOST_RULES = 3000;

/** Rules that may or may not match count only where it makes a difference. */
export function forwardVerdict(lines: readonly string[], replies: Replies | null): Verdict {
  const chains = chainsIn(lines, replies);
  let left = MOST_RULES;

  const inChain = (name: string, depth: number, after: After): Verdict => {
    const rules = chains.get(name);
    if (rules === undefined || depth > DEEPEST) return after();
    return from(rules, 0, { depth, after });
  };

  function from(rules: readonly Rule[], first: number, at: { depth: number; after: After }): Verdict {
    const found = rules.findIndex(({ matches }, place) => place >= first && matches !== 'no');
    const rule = rules[found];
    if (rule === undefined) return at.after();
    left -= 1;
    if (left < 0) return { kind: 'unsure', rule: rule.text };
    const rest = once(() => from(rules, found + 1, at));
    const taken = (): Verdict => {
      switch (rule.target) {
        case 'DROP':
        case 'REJECT':
          return { kind: 'drops', rule: rule.text };
        case 'ACCEPT':
          return { kind: 'accepts' };
        case 'RETURN':
          return at.after();
        default:
          return inChain(rule.target, at.depth + 1, rule.jump === '-g' ? at.after : rest);
      }
    };
    if (rule.matches === 'yes') return taken();
    const [verdict, otherwise] = [taken(), rest()];
    return verdict.kind === otherwise.kind ? otherwise : { kind: 'unsure', rule: rule.text };
  }

  const policy = lines.find((line) => line.startsWith('-P FORWARD ')) ?? '';
  return inChain(
    'FORWARD',
    0,
    once(() => (policy.endsWith(' DROP') ? { kind: 'drops', rule: policy } : { kind: 'accepts' })),
  );
}

function chainsIn(lines: readonly string[], replies: Replies | null): Map<string, Rule[]> {
  const chains = new Map<string, Rule[]>([['FORWARD', []]]);
  for (const line of lines) {
    const [, verb, name = ''] = /^(-[AN]) (\S+)/.exec(line) ?? [];
    if (verb === undefined) continue;
    const rules = chains.get(name) ?? [];
    chains.set(name, rules);
    if (verb === '-A') rules.push(ruleOf(line, name, replies));
  }
  return chains;
}

/** A comment is no condition. */
function ruleOf(text: string, chain: string, replies: Replies | null): Rule {
  const bare = text.replaceAll(/ -m comment --comment (?:"(?:[^"\\]|\\.)*"|\S+)/g, '');
  const words = bare.slice(`-A ${chain}`.length);
  const [, condition = words, jump = '', target = ''] = /^(.*?) (-[jg]) (\S+)/.exec(words) ?? [];
  return { text, matches: matchOf(condition.trim(), replies), jump, target };
}

function once(work: After): After {
  let known: Verdict | null = null;
  return () => (known ??= work());
}
