import './globals.css';
import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { chooseLocale, LOCALE_COOKIE, messagesOf } from '../messages/locale.ts';
import { Providers } from '../ui/shell/providers.tsx';
import { chooseTheme, THEME_COOKIE } from '../ui/shell/theme.ts';

export const metadata: Metadata = { title: { default: 'Signalbox', template: '%s · Signalbox' } };

/** Language and theme are cookies: the first byte has them right, and no script runs before the page is painted. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const locale = chooseLocale(jar.get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));
  const theme = chooseTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <Providers locale={locale} messages={messagesOf(locale)} theme={theme}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
