import type { en } from './en.ts';

type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };

/** The same keys in every language: one that is missing, or too many, does not compile. */
export type Messages = Texts<typeof en>;

declare module 'use-intl' {
  interface AppConfig {
    // Literal texts: so that the compiler knows which arguments each sentence takes.
    Messages: typeof en;
    Locale: 'en' | 'zh';
  }
}
