'use client';
import { diffTopology } from '@signalbox/cluster';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { Draft } from '../editor/draft.ts';
import { mergeDrawings } from '../editor/merge.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { ChangeList } from './change-list.tsx';
import type { SaveConflict, Settlement } from './save-draft.ts';

interface ConflictDialogProps {
  readonly conflict: SaveConflict;
  readonly draft: Draft;
  readonly onSettled: (settlement: Settlement) => void;
}

/** The loser of two saves sees both sides and chooses; cancelling keeps every edit. */
export function ConflictDialog({ conflict, draft, onSettled }: ConflictDialogProps) {
  const t = useTranslations('editor');
  const { by, current, theirs } = conflict;
  const mine = useMemo(() => diffTopology(draft.base.topology, draft.topology), [draft]);
  const merged = useMemo(
    () => mergeDrawings(draft.base.topology, draft.topology, current.topology),
    [draft, current],
  );
  const left = merged.kept.length > 0;
  return (
    <Dialog
      open
      onClose={() => onSettled({ kind: 'cancel' })}
      title={t('conflictTitle', { by })}
      actions={
        <>
          <Button onClick={() => onSettled({ kind: 'cancel' })}>{t('keepEditing')}</Button>
          <Button onClick={() => onSettled({ kind: 'theirs' })}>{t('takeTheirs')}</Button>
          <Button
            look="primary"
            disabled={!left}
            onClick={() => onSettled({ kind: 'merged', topology: merged.topology })}
          >
            {t('mergeMine')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ChangeList title={t('conflictTheirs', { by })} changes={theirs} />
        <ChangeList title={t('conflictMine')} changes={mine} />
        {left ? (
          <ChangeList title={t('conflictKept')} changes={merged.kept} />
        ) : (
          <p className="text-ink-2">{t('conflictNothing')}</p>
        )}
        {merged.skipped.length === 0 ? null : (
          <ChangeList title={t('conflictSkipped', { by })} changes={merged.skipped} warn />
        )}
      </div>
    </Dialog>
  );
}
