import { useTranslations } from 'use-intl';
import type { RolloutView } from '../../api/contract.ts';

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
  const switching = useTranslations('switching');
  const methods = useTranslations('method');
  return (what) => {
    if (what.kind === 'apply') return t('whatApply');
    if (what.kind === 'step') return t('whatStep');
    const from = what.from === null ? switching('oldWay') : methods(what.from);
    return t(words[what.kind], { from, to: methods(what.to) });
  };
}
