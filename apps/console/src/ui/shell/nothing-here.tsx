'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Button, buttonLook } from '../kit/button.tsx';
import { Empty } from '../kit/empty.tsx';

export function NothingHere() {
  const t = useTranslations('common');
  return (
    <main>
      <Empty
        page
        title={t('notFoundTitle')}
        actions={
          <Link href="/clusters" className={buttonLook({})}>
            {t('toClusters')}
          </Link>
        }
      >
        {t('notFoundText')}
      </Empty>
    </main>
  );
}

export function BrokenPage({ message, onRetry }: { message: string; onRetry: () => void }) {
  const t = useTranslations('common');
  return (
    <main>
      <Empty page title={t('brokenTitle')} actions={<Button onClick={onRetry}>{t('retry')}</Button>}>
        <p>{t('brokenText')}</p>
        <p className="mono mt-2">{message}</p>
      </Empty>
    </main>
  );
}
