'use client';
import { useTranslations } from 'use-intl';
import type { RealServerFigures } from '../figures/totals.ts';

/** `weight 6`, with what the kernel still has struck through while the two differ. */
export function WeightText({ weights }: Pick<RealServerFigures, 'weights'>) {
  const t = useTranslations('board');
  const [first] = weights;
  if (first === undefined) return t('noService');
  if (weights.some(({ drawn }) => drawn !== first.drawn))
    return t('weightMany', { count: String(weights.length) });
  const { drawn, inKernel } = first;
  return (
    <>
      {t('weight', { weight: String(drawn) })}
      {inKernel === null || inKernel === drawn ? null : (
        <>
          {' '}
          <s className="text-ink-3" title={t('weightBefore', { weight: String(inKernel) })}>
            {inKernel}
          </s>
        </>
      )}
    </>
  );
}
