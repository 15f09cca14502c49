'use client';
import type { DescribedOperation } from '@signalbox/agent-api';
import type { Phase } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import type { HostReview } from '../../api/contract.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problems } from '../kit/problems.tsx';
import { useOperationSentence } from './operation-sentence.ts';

const phases: readonly Phase[] = ['prepare', 'switch', 'retire'];

/** What would be done on one host, phase by phase, or why we cannot say. */
export function HostReviewCard({ host, name }: { host: HostReview; name: string }) {
  const t = useTranslations('review');
  return (
    <section aria-label={name} className="rounded-xl border border-line bg-panel px-4 py-3">
      <h2 className="mb-1 font-semibold">{name}</h2>
      <HostContent host={host} name={name} nothingHere={t('nothingHere')} />
    </section>
  );
}

function HostContent({ host, name, nothingHere }: { host: HostReview; name: string; nothingHere: string }) {
  const t = useTranslations('review');
  switch (host.kind) {
    case 'unreachable':
      return (
        <Notice tone={host.blocking ? 'bad' : 'warn'} title={t('unreachableTitle', { name })}>
          <p>{host.message}</p>
          <p>{t(host.blocking ? 'unreachableBlocks' : 'unreachablePasses')}</p>
        </Notice>
      );
    case 'noAgent':
      return host.operations.length === 0 ? (
        <p className="text-ink-3">{nothingHere}</p>
      ) : (
        <>
          <Notice
            title={t('handTitle', { name })}
            actions={
              <CopyButton
                text={host.operations.map(({ command }) => command).join('\n')}
                name={t('copyAll', { name })}
              />
            }
          >
            {t('handText')}
          </Notice>
          <Operations operations={host.operations} />
        </>
      );
    case 'ready':
      return (
        <>
          {host.problems.length > 0 ? (
            <Notice tone="warn" title={t('hostProblems')}>
              <Problems problems={host.problems} />
            </Notice>
          ) : null}
          {host.operations.length === 0 ? (
            <p className="text-ink-3">{nothingHere}</p>
          ) : (
            <Operations operations={host.operations} />
          )}
        </>
      );
  }
}

function Operations({ operations }: { operations: readonly DescribedOperation[] }) {
  const t = useTranslations('phase');
  const words = useTranslations('review');
  const sentence = useOperationSentence();
  return phases
    .map((phase) => ({ phase, planned: operations.filter((one) => one.phase === phase) }))
    .filter(({ planned }) => planned.length > 0)
    .map(({ phase, planned }) => (
      <div key={phase} className="mt-2">
        <h3 className="text-xs text-ink-3">
          <b className="font-semibold">{t(phase)}</b> · {t(`${phase}Text`)}
        </h3>
        <ol className="mt-1">
          {planned.map(({ operation, command }) => (
            <li key={command} className="flex items-center gap-2 border-t border-line py-1.5 first:border-0">
              <div className="min-w-0 flex-1">
                <p>{sentence(operation)}</p>
                <code className="mono text-ink-2 [overflow-wrap:anywhere]">{command}</code>
              </div>
              <CopyButton text={command} name={words('copyCommand')} />
            </li>
          ))}
        </ol>
      </div>
    ));
}
