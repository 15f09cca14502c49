import type { Problem } from '@signalbox/cluster';
import type { Locale } from './locale-names.ts';
import { inChinese } from './phrase-book.ts';
import { kinds, problems as zh } from './zh/problems.ts';

const sentences: Readonly<Record<string, string>> = zh;

/** The sentence of a problem. Problems carry their English one; a rule we have no other for is said in English. */
export function problemText(locale: Locale, problem: Problem): string {
  const sentence = locale === 'zh' ? sentences[problem.code] : undefined;
  if (sentence === undefined) return problem.message;
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = problem.values[name] ?? '';
    return (name === 'kind' ? kinds[value] : undefined) ?? inChinese(value);
  });
}
