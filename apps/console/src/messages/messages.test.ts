import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { chooseLocale } from './locale.ts';
import type { Messages } from './messages.ts';
import { problemText } from './problem-text.ts';
import { zh } from './zh.ts';

const sentences = (messages: Messages): [string, string][] =>
  Object.entries(messages).flatMap(([group, texts]) =>
    Object.entries<string>(texts).map(([key, text]): [string, string] => [`${group}.${key}`, text]),
  );
const argumentsIn = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].toSorted();

test('every sentence takes the same arguments in both languages', () => {
  const chinese = new Map(sentences(zh));
  for (const [key, text] of sentences(en))
    expect([key, argumentsIn(chinese.get(key) ?? '')]).toEqual([key, argumentsIn(text)]);
});

test('every sentence can be put together in both languages', () => {
  for (const [locale, messages] of [
    ['en', en],
    ['zh', zh],
  ] as const) {
    const failures: string[] = [];
    const onError = (error: Error) => failures.push(error.message);
    const t = createTranslator({ locale, messages, onError });
    for (const [key, text] of sentences(messages)) {
      const values = Object.fromEntries(argumentsIn(text).map((name) => [name, 1]));
      // Keys come from the catalogue itself, not from a literal.
      t(key as never, values as never);
    }
    expect(failures).toEqual([]);
  }
});

test('nothing is left in English in Chinese, but names and words of the field', () => {
  const english = new Map(sentences(en));
  const alike = sentences(zh).filter(
    ([key, text]) => english.get(key) === text && /[a-z]{4}/i.test(text.replaceAll(/\{[^}]*\}/g, '')),
  );

  expect(alike.map(([, text]) => text).filter((text) => !/MySQL|Signalbox|ip_vs/.test(text))).toEqual([]);
});

test('the language is what was chosen, else what the browser asks for, else English', () => {
  expect(chooseLocale('zh', 'en-GB,en')).toBe('zh');
  expect(chooseLocale(undefined, 'fr-FR, zh-CN;q=0.9, en;q=0.8')).toBe('zh');
  expect(chooseLocale(undefined, 'en-GB, zh;q=0.9')).toBe('en');
  expect(chooseLocale('tlh', null)).toBe('en');
});

test('a problem is said in the language of the reader, one we have no words for in English', () => {
  const problem = {
    code: 'unknownVip',
    severity: 'error' as const,
    path: [],
    values: { service: 'tcp port 80' },
    message: 'The service tcp port 80 has a VIP that does not exist.',
  };

  expect(problemText('en', problem)).toBe(problem.message);
  expect(problemText('zh', problem)).toContain('tcp port 80');
  expect(problemText('zh', problem)).not.toBe(problem.message);
  expect(problemText('zh', { ...problem, code: 'fromANewerAgent' })).toBe(problem.message);
});
