// For the server: it alone holds all languages, and sends the one that was chosen.
import { en } from './en.ts';
import type { Locale } from './locale-names.ts';
import type { Messages } from './messages.ts';
import { zh } from './zh.ts';

export { LOCALE_COOKIE } from './locale-names.ts';

/** What was chosen before, else what the browser asks for, else English. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (cookie === 'en' || cookie === 'zh') return cookie;
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.trim();
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

export const messagesOf = (locale: Locale): Messages => (locale === 'zh' ? zh : en);
