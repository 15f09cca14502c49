'use client';
import { useTranslations } from 'use-intl';
import type { HostReview } from '../../api/contract.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problems } from '../kit/problems.tsx';
import { useSaid } from '../kit/said.ts';
import { useOperationText } from '../review/operation-text.ts';

/** What one step does on one host: sentences, commands, and all of them to copy. */
export function PlanHost({ host, name }: { host: HostReview; name: string }) {
  const t = useTranslations('switching');
  const review = useTranslations('review');
  const said = useSaid();
  const text = useOperationText();
  if (host.kind === 'unreachable')
    return (
      <Notice tone={host.blocking ? 'bad' : 'warn'} title={review('unreachableTitle', { name })}>
        {said(host.message)}
      </Notice>
    );
  const commands = host.operations.map(({ command }) => command);
  return (
    <section>
      <div className="flex items-center gap-1">
        <h3 className="text-small font-semibold">
          {host.kind === 'noAgent' ? t('byHandOn', { name }) : name}
        </h3>
        <CopyButton text={commands.join('\n')} name={t('copyHost', { name })} />
      </div>
      {host.kind === 'ready' && host.problems.length > 0 ? <Problems problems={host.problems} /> : null}
      {/* Long lists scroll, by keyboard too. */}
      <ol className="max-h-80 overflow-y-auto rounded-md bg-bg px-2.5 py-1.5" tabIndex={0} aria-label={name}>
        {host.operations.map(({ operation, command }) => (
          <li key={command} className="py-0.5">
            <span className="block text-small text-ink-2">{text(operation)}</span>
            <code className="mono block [overflow-wrap:anywhere]">{command}</code>
          </li>
        ))}
      </ol>
    </section>
  );
}
