'use client';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../kit/button.tsx';
import { useUnreadableCount } from '../kit/unreadable.tsx';
import { useCluster } from './cluster-context.ts';
import { useDraftButtons } from './draft-buttons.ts';

/** The draft in one line, under pages that have no inspector. */
export function DraftBar({ children }: { children?: ReactNode }) {
  const t = useTranslations('editor');
  const { changes, unsaved, mayEdit, saving } = useCluster();
  const unreadable = useUnreadableCount();
  const { blocked, save, review, reviewRef } = useDraftButtons();
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-3 border-t border-line bg-panel px-5 py-1.5">
      {children}
      {mayEdit ? (
        <>
          <span role="status" className="ml-auto font-semibold">
            {unreadable > 0
              ? t('unreadable', { count: unreadable })
              : changes.length > 0
                ? t('notApplied', { count: changes.length })
                : null}
          </span>
          {unsaved > 0 ? (
            <Button disabled={blocked} onClick={save}>
              {saving ? t('saving') : t('save')}
            </Button>
          ) : null}
          {changes.length > 0 ? (
            <Button ref={reviewRef} look="primary" disabled={blocked} onClick={review}>
              {t('review')}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
