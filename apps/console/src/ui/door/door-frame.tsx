'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Brand } from '../shell/brand.tsx';
import { LanguageSwitch, ThemeMenu } from '../shell/preference-menus.tsx';

/** The page before one is signed in: the mark, one form, the language. */
export function DoorFrame({ children }: { children: ReactNode }) {
  const t = useTranslations();
  return (
    <div className="flex min-h-full flex-col">
      <header className="flex justify-end gap-2 px-4 py-2.5">
        <LanguageSwitch />
        <ThemeMenu />
      </header>
      <main className="flex flex-1 flex-col items-center px-4 pt-[9vh] pb-16">
        <Brand name={t('common.product')} />
        <p className="mt-2 mb-6 text-ink-2">{t('door.tagline')}</p>
        {children}
      </main>
    </div>
  );
}
