import { useRouter } from 'next/navigation';
import { type RefObject, useRef } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { useFocusAfter } from '../kit/focus-back.ts';
import { useUnreadableCount } from '../kit/unreadable.tsx';
import { useCluster } from './cluster-context.ts';

export interface DraftButtons {
  /** Neither may be pressed: something is being saved, or cannot be read. */
  readonly blocked: boolean;
  /** Saves the draft. Its button goes with that, and review's has the focus. */
  readonly save: () => void;
  /** Saves what is to be saved, and goes to the review. */
  readonly review: () => void;
  readonly reviewRef: RefObject<HTMLButtonElement | null>;
}

/** What stands at every draft: Save draft and Review. */
export function useDraftButtons(): DraftButtons {
  const t = useTranslations('editor');
  const router = useRouter();
  const { view, unsaved, save, saving } = useCluster();
  const unreadable = useUnreadableCount();
  const reviewRef = useRef<HTMLButtonElement>(null);
  const savePressed = useFocusAfter(unsaved === 0, reviewRef);
  const saveOnly = async () => {
    savePressed();
    if (await save()) toast.success(t('saved'));
  };
  const saveAndReview = async () => {
    if (await save()) router.push(`/clusters/${view.id}/review`);
  };
  return {
    blocked: saving || unreadable > 0,
    save: () => void saveOnly(),
    review: () => void saveAndReview(),
    reviewRef,
  };
}
