import { Redo2, Undo2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { SwitchView } from '../../api/switch-contract.ts';
import { ClockText } from '../kit/clock-text.tsx';
import { turnsToTell, useTurnText } from './turn-text.ts';

/** Where the switch was turned round on its way: how it stands now does not say it. */
export function SwitchTurns({ view }: { view: SwitchView }) {
  const t = useTranslations('switching');
  const text = useTurnText(view);
  const turns = turnsToTell(view);
  if (turns.length === 0) return null;
  return (
    <ol aria-label={t('turns')} className="flex flex-col gap-1 text-ink-2">
      {turns.map((turn) => {
        const Icon = turn.kind === 'back' ? Undo2 : Redo2;
        return (
          <li key={turn.at} className="flex items-start gap-2">
            <Icon className="mt-0.5 size-3.5 shrink-0 text-ink-3" aria-hidden />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <ClockText iso={turn.at} seconds /> {text(turn)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
