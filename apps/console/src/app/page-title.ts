import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { chooseLocale, LOCALE_COOKIE, messagesOf } from '../messages/locale.ts';
import type { Messages } from '../messages/messages.ts';

/** The title of a page in the reader's language. */
export async function pageTitle(choose: (messages: Messages) => string): Promise<Metadata> {
  const cookie = (await cookies()).get(LOCALE_COOKIE)?.value;
  return { title: choose(messagesOf(chooseLocale(cookie, (await headers()).get('accept-language')))) };
}
