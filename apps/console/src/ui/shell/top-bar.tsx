'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Brand } from './brand.tsx';
import { AccountMenu, LanguageSwitch, ThemeMenu } from './preference-menus.tsx';

/** The bar over every page of the console; a cluster's pages add the cluster and its navigation. */
export function TopBar({ children }: { children?: ReactNode }) {
  const t = useTranslations();
  return (
    <header className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-panel px-4 py-1 max-[720px]:gap-x-2">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-ink px-3 py-1.5 text-bg focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t('shell.skip')}
      </a>
      <Link href="/clusters" className="rounded-md" aria-label={t('shell.allClusters')}>
        <Brand name={t('common.product')} />
      </Link>
      {children}
      <div className="ml-auto flex items-center gap-2">
        <LanguageSwitch />
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  );
}
