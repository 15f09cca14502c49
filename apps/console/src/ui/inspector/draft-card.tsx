'use client';
import { CircleCheck, Ellipsis, Redo2, TriangleAlert, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ChangeList } from '../cluster/change-list.tsx';
import { useCluster } from '../cluster/cluster-context.ts';
import { DiscardDialog } from '../cluster/discard-dialog.tsx';
import { useDraftButtons } from '../cluster/draft-buttons.ts';
import { Button } from '../kit/button.tsx';
import { Menu, MenuItem } from '../kit/menu.tsx';
import { Notice } from '../kit/notice.tsx';
import { useUnreadableCount } from '../kit/unreadable.tsx';
import { changedElsewhere, type Source } from '../services/row-figures.ts';
import { useSource } from '../services/use-source.ts';

/** "3 changes not applied", with save, review, undo. */
export function DraftCard() {
  const t = useTranslations('editor');
  const { view, draft, changes, unsaved, overtakenBy, mayEdit, act, saving } = useCluster();
  const unreadable = useUnreadableCount();
  useUndoKeys(mayEdit);
  // Nothing to review; hosts can still be asked whether they have what was applied.
  const nothingNew = changes.length === 0 && unsaved === 0;
  const source = useSource();
  const { settled } = source;
  const changed = useChangedElsewhere(source);
  const summary =
    changes.length > 0
      ? t('notApplied', { count: changes.length })
      : view.applied === null
        ? t('nothingApplied')
        : changed.length > 0
          ? t('changedElsewhere', { names: changed.join(', ') })
          : t('allApplied');
  const { blocked, save, review, reviewRef } = useDraftButtons();
  return (
    <div className="border-t border-line p-3">
      {overtakenBy !== null && unsaved > 0 ? (
        <div className="mb-2">
          <Notice tone="warn" title={t('otherSaved', { revision: String(overtakenBy) })}>
            {t('otherSavedText')}
          </Notice>
        </div>
      ) : null}
      <section aria-label={t('draftOf')} className="rounded-[9px] border border-line-2 bg-bg px-3 py-2.5">
        <div className="flex items-center gap-1">
          <b className="flex min-w-0 flex-1 items-center gap-1.5 font-semibold">
            {settled ? <SettledIcon changed={changed.length > 0} /> : null}
            {summary}
          </b>
          {mayEdit ? (
            <>
              {/* Not disabled: the last undo would take the focus along. */}
              <Button
                look="quiet"
                size="icon"
                aria-label={t('undo')}
                aria-disabled={draft.past.length === 0}
                onClick={() => act({ kind: 'undo' })}
              >
                <Undo2 className="size-4" aria-hidden />
              </Button>
              <Button
                look="quiet"
                size="icon"
                aria-label={t('redo')}
                aria-disabled={draft.future.length === 0}
                onClick={() => act({ kind: 'redo' })}
              >
                <Redo2 className="size-4" aria-hidden />
              </Button>
              <MoreActions />
            </>
          ) : null}
        </div>
        {changes.length === 0 ? null : (
          <div className="mt-0.5 text-ink-2">
            <ChangeList changes={changes} atMost={3} />
          </div>
        )}
        {mayEdit ? (
          <div className="mt-2 flex items-center justify-end gap-2">
            <span role="status" className="mr-auto min-w-0 text-small text-ink-3">
              {unreadable > 0
                ? t('unreadable', { count: unreadable })
                : unsaved > 0
                  ? t('unsaved', { count: unsaved })
                  : null}
            </span>
            {unsaved > 0 ? (
              <Button disabled={blocked} onClick={save}>
                {saving ? t('saving') : t('save')}
              </Button>
            ) : null}
            {settled ? (
              <Link
                href={`/clusters/${view.id}/review`}
                className="text-small text-ink-2 underline underline-offset-2 hover:text-ink"
              >
                {t('askHosts')}
              </Link>
            ) : nothingNew ? null : (
              <Button
                ref={reviewRef}
                look={changes.length > 0 ? 'primary' : 'plain'}
                disabled={blocked}
                onClick={review}
              >
                {t('review')}
              </Button>
            )}
          </div>
        ) : null}
      </section>
    </div>
  );
}

function SettledIcon({ changed }: { changed: boolean }) {
  return changed ? (
    <TriangleAlert className="size-4 shrink-0 text-warn" aria-hidden />
  ) : (
    <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden />
  );
}

/** Names of directors that have something else than what was applied. */
function useChangedElsewhere(source: Source): readonly string[] {
  return useMemo(() => {
    if (!source.settled) return [];
    const ids = changedElsewhere(source);
    return source.topology.nodes.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  }, [source]);
}

function MoreActions() {
  const t = useTranslations('editor');
  const { view, draft, changes, unsaved, act } = useCluster();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={t('moreActions')}>
            <Ellipsis className="size-4" aria-hidden />
          </Button>
        }
      >
        <MenuItem
          disabled={unsaved === 0}
          onSelect={() => act({ kind: 'rebase', onto: draft.base, topology: draft.base.topology })}
        >
          {t('dropEdits')}
        </MenuItem>
        <MenuItem disabled={view.applied === null || changes.length === 0} onSelect={() => setAsking(true)}>
          {t('backToApplied')}
        </MenuItem>
      </Menu>
      {asking ? <DiscardDialog onClose={() => setAsking(false)} /> : null}
    </>
  );
}

/** Ctrl-Z and Ctrl-Shift-Z, except where a field has its own. */
function useUndoKeys(mayEdit: boolean): void {
  const { act } = useCluster();
  useEffect(() => {
    if (!mayEdit) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      act({ kind: event.shiftKey ? 'redo' : 'undo' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [mayEdit, act]);
}
