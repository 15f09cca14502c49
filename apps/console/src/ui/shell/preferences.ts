'use client';
import { useRouter } from 'next/navigation';
import { createContext, useContext, useTransition } from 'react';
import { type Locale, LOCALE_COOKIE } from '../../messages/locale-names.ts';
import { type Theme, THEME_COOKIE } from './theme.ts';

export const ThemeContext = createContext<Theme>('system');

/** Language and theme, kept in cookies for a year; the server renders by them. */
export function usePreferences() {
  const router = useRouter();
  const [changing, startTransition] = useTransition();
  const remember = (name: string, value: string) => {
    document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax`;
    startTransition(() => router.refresh());
  };
  return {
    theme: useContext(ThemeContext),
    changing,
    setTheme: (theme: Theme) => remember(THEME_COOKIE, theme),
    setLocale: (locale: Locale) => remember(LOCALE_COOKIE, locale),
  };
}
