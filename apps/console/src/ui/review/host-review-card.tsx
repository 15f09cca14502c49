'use client';
import type { DescribedOperation } from '@signalbox/agent-api';
import { useTranslations } from 'use-intl';
import type { HostReview } from '../../api/contract.ts';
import { Card } from '../nodes/card.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problems } from '../kit/problems.tsx';
import { useSaid } from '../kit/said.ts';
import { OperationLine, PhaseTitle } from './operation-list.tsx';
import { phases } from './phases.ts';

/** What would be done on one host, or why we cannot say. */
export function HostReviewCard({ host, name }: { host: HostReview; name: string }) {
  const t = useTranslations('review');
  const said = useSaid();
  switch (host.kind) {
    case 'unreachable':
      return (
        <Notice tone={host.blocking ? 'bad' : 'warn'} title={t('unreachableTitle', { name })}>
          {said(host.message)} {t(host.blocking ? 'unreachableBlocks' : 'unreachablePasses')}
        </Notice>
      );
    case 'noAgent':
      return (
        <Card
          title={t('handTitle', { name })}
          aside={
            <CopyButton
              text={host.operations.map(({ command }) => command).join('\n')}
              name={t('copyAll', { name })}
            />
          }
        >
          <p className="mb-2 text-ink-2">{t('handText')}</p>
          <Operations operations={host.operations} />
        </Card>
      );
    case 'ready':
      return (
        <Card title={name}>
          {host.problems.length === 0 ? null : (
            <div className="mb-2">
              <Problems problems={host.problems} />
            </div>
          )}
          <Operations operations={host.operations} />
        </Card>
      );
  }
}

function Operations({ operations }: { operations: readonly DescribedOperation[] }) {
  return phases.map((phase) => {
    const own = operations.filter((one) => one.phase === phase);
    return own.length === 0 ? null : (
      <section key={phase}>
        <PhaseTitle phase={phase} />
        <ol>
          {own.map(({ operation, command }) => (
            <OperationLine key={command} operation={operation} command={command} />
          ))}
        </ol>
      </section>
    );
  });
}
