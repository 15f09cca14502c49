export type Locale = 'en' | 'zh';

export const locales: readonly { readonly value: Locale; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'zh', label: '中文' },
];

/** The cookie that remembers what was chosen. */
export const LOCALE_COOKIE = 'signalbox-locale';
