// Sentences that were made elsewhere, in English, said in Chinese. What the book does not have stays English.
import { problemRules } from '@signalbox/cluster';
import { problems as ruleSentences } from './zh/problems.ts';
import { sentences } from './zh/sentences.ts';

interface Phrase {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly said: string;
}

const PLACE = /\{(\w+)\}/g;

function phraseOf([english, said]: readonly [string, string]): Phrase {
  const fixed = english
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const names = [...english.matchAll(PLACE)].map(([, name]) => name ?? '');
  return { pattern: new RegExp(`^${fixed.join('(.+?)')}$`, 's'), names, said };
}

/** The longest sentences first: a short one must not take what a longer one says exactly. */
const book: readonly Phrase[] = [
  ...sentences,
  ...Object.entries<{ message: string }>(problemRules).map(([code, { message }]): [string, string] => [
    message,
    ruleSentences[code as keyof typeof problemRules],
  ]),
]
  .toSorted(([a], [b]) => b.replaceAll(PLACE, '').length - a.replaceAll(PLACE, '').length)
  .map(phraseOf);

/** The sentence with what its values say in Chinese as well. */
export function inChinese(text: string): string {
  for (const { pattern, names, said } of book) {
    const found = pattern.exec(text);
    if (found) {
      const values = new Map(names.map((name, i) => [name, found[i + 1] ?? '']));
      return said.replaceAll(PLACE, (_, name: string) => inChinese(values.get(name) ?? ''));
    }
  }
  return withErrno(text) ?? ofHost(text) ?? text;
}

/** `This host has no such service. (ESRCH)` */
function withErrno(text: string): string | null {
  const [, sentence, errno] = /^(.+) (\(E[A-Z0-9]+\))$/s.exec(text) ?? [];
  return sentence === undefined ? null : `${inChinese(sentence)} ${errno}`;
}

/** `rs1: what is the matter`, `director: the command that failed: why` */
function ofHost(text: string): string | null {
  const at = text.indexOf(': ');
  if (at < 0) return null;
  const why = text.slice(at + 2);
  const said = inChinese(why);
  return said === why ? null : `${text.slice(0, at)}：${said}`;
}
