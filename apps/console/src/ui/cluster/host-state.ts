'use client';
import type { Node } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import type { HostSeen } from '../../live/live-state.ts';
import type { LampState } from '../kit/lamp.tsx';
import { useAgeText, useConsoleNow } from './ages.ts';

/** The lamp of a node and its word: what its agent says, never green without an answer. */
export function useHostState(): (
  node: Pick<Node, 'agent'>,
  host: HostSeen | null | undefined,
) => { readonly lamp: LampState; readonly word: string } {
  const t = useTranslations('state');
  const age = useAgeText();
  const now = useConsoleNow();
  return (node, host) => {
    if (node.agent === null) return { lamp: 'off', word: t('none') };
    if (!host) return { lamp: 'off', word: t('unknown') };
    switch (host.agent.kind) {
      case 'answers':
        return { lamp: 'ok', word: t('answers') };
      case 'unreachable': {
        const since = Date.parse(host.agent.since);
        return {
          lamp: 'bad',
          word: Number.isNaN(since) ? t('unreachable') : t('lostFor', { age: age(now - since) }),
        };
      }
      case 'notEnrolled':
        return { lamp: 'warn', word: t('notEnrolled') };
      case 'none':
        return { lamp: 'off', word: t('none') };
    }
  };
}
