import type { Problem } from '@signalbox/cluster';
import type { Locale } from './locale-names.ts';
import { inChinese } from './phrase-book.ts';
import { problemText } from './problem-text.ts';

/** What was said in English, in the reader's language. `problems`: those it ends with, as a refusal carries them. */
export function sentenceText(locale: Locale, text: string, problems: readonly Problem[] = []): string {
  if (locale === 'en') return text;
  const tail = problems.map(({ message }) => message).join(' ');
  if (tail !== '' && text.endsWith(tail)) {
    const head = text.slice(0, -tail.length).trim();
    return [
      ...(head === '' ? [] : [inChinese(head)]),
      ...problems.map((one) => problemText(locale, one)),
    ].join(' ');
  }
  return inChinese(text);
}
