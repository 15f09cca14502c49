import type { ForwardingMethod } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';

/** "NAT", "DR", or "the old way" where services came from several (null). */
export function useWayName(): (method: ForwardingMethod | null) => string {
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  return (method) => (method === null ? t('oldWay') : methods(method));
}
