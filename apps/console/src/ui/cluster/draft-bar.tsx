'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useRef } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { Button } from '../kit/button.tsx';
import { useFocusAfter } from '../kit/focus-back.ts';
import { useUnreadableCount } from '../kit/unreadable.tsx';
import { useCluster } from './cluster-context.ts';

/** The draft in one line, under pages that have no inspector. */
export function DraftBar({ children }: { children?: ReactNode }) {
  const t = useTranslations('editor');
  const router = useRouter();
  const { view, changes, unsaved, mayEdit, save, saving } = useCluster();
  const unreadable = useUnreadableCount();
  const toReview = useRef<HTMLButtonElement>(null);
  const savePressed = useFocusAfter(unsaved === 0, toReview);
  const saveOnly = async () => {
    savePressed();
    if (await save()) toast.success(t('saved'));
  };
  const blocked = saving || unreadable > 0;
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
            <Button disabled={blocked} onClick={() => void saveOnly()}>
              {saving ? t('saving') : t('save')}
            </Button>
          ) : null}
          {changes.length > 0 ? (
            <Button
              ref={toReview}
              look="primary"
              disabled={blocked}
              onClick={() =>
                void save().then((done) => (done ? router.push(`/clusters/${view.id}/review`) : undefined))
              }
            >
              {t('review')}
            </Button>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
