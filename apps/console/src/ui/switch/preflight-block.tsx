'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { buttonLook } from '../kit/button.tsx';
import { Notice } from '../kit/notice.tsx';
import type { LeverBlock } from './lever-reading.ts';
import { switchPath } from './switch-address.ts';

/** Why nothing can be switched now, and where to go. */
export function PreflightBlock({ block }: { block: LeverBlock | 'noService' | null }) {
  const t = useTranslations('switching');
  const lever = useTranslations('lever');
  const { view, switchId } = useCluster();
  const root = `/clusters/${view.id}`;
  switch (block) {
    case null:
      return null;
    case 'noService':
      return <Notice title={t('noService')} />;
    case 'viewer':
      return <Notice title={t('viewer')} />;
    case 'rollout':
      return <Notice title={t('busyTitle')}>{t('busyText')}</Notice>;
    case 'neverApplied':
    case 'changes':
      return (
        <Notice
          tone="warn"
          title={block === 'changes' ? t('draftTitle') : lever('neverApplied')}
          actions={
            <Link href={`${root}/review`} className={buttonLook({})}>
              {t('review')}
            </Link>
          }
        >
          {t('draftText')}
        </Notice>
      );
    case 'switching':
      return (
        <Notice
          title={t('liveTitle')}
          actions={
            switchId === null ? null : (
              <Link href={switchPath(view.id, switchId)} className={buttonLook({})}>
                {t('show')}
              </Link>
            )
          }
        >
          {t('liveText')}
        </Notice>
      );
  }
}
