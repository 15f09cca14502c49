'use client';
import { useTranslations } from 'use-intl';
import type { SwitchView } from '../../api/switch-contract.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { waysOf } from './switch-state.ts';
import { useWayName } from './way-name.ts';

interface CutDialogProps {
  readonly view: SwitchView;
  readonly onClose: () => void;
  readonly onCut: () => void;
}

/** The one thing here that breaks connections: said plainly, and asked once more. */
export function CutDialog({ view, onClose, onCut }: CutDialogProps) {
  const t = useTranslations('switching');
  const common = useTranslations('common');
  const wayName = useWayName();
  const { other } = waysOf(view);
  const way = wayName(other);
  const left = view.drain?.left ?? null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={left === null ? t('cutTitleUnknown', { way }) : t('cutTitle', { count: left, way })}
      actions={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button look="danger" onClick={onCut}>
            {t('cutDo')}
          </Button>
        </>
      }
    >
      <p>{t('cutText')}</p>
    </Dialog>
  );
}
