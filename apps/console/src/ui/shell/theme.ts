export type Theme = 'system' | 'light' | 'dark';

/** The cookie that remembers what was chosen. */
export const THEME_COOKIE = 'signalbox-theme';

export const chooseTheme = (cookie: string | undefined): Theme =>
  cookie === 'light' || cookie === 'dark' ? cookie : 'system';
