import type { ReactNode } from 'react';
import { type AppConfig, IntlProvider } from 'use-intl';
import { messagesOf } from '../../messages/locale.ts';
import type { Locale } from '../../messages/locale-names.ts';

/** What a test renders, in one of the languages. */
export function InLanguage({ locale = 'en', children }: { locale?: Locale; children: ReactNode }) {
  // The catalogue has the same keys in every language; the compiler knows the English texts only.
  const messages = messagesOf(locale) as AppConfig['Messages'];
  return (
    <IntlProvider locale={locale} messages={messages} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
