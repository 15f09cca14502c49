import { useTranslations } from 'use-intl';
import type { RolloutView } from '../../api/contract.ts';
import { useWayName } from '../switch/way-name.ts';

const words = {
  prepare: 'whatPrepare',
  flip: 'whatFlip',
  retire: 'whatRetire',
  undoFlip: 'whatUndoFlip',
  undoPrepare: 'whatUndoPrepare',
} as const;

/** "Switch to DR: retire the NAT half" */
export function useWhatText(): (what: RolloutView['what']) => string {
  const t = useTranslations('changes');
  const wayName = useWayName();
  return (what) => {
    if (what.kind === 'apply') return t('whatApply');
    if (what.kind === 'step') return t('whatStep');
    return t(words[what.kind], { from: wayName(what.from), to: wayName(what.to) });
  };
}
