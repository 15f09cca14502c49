'use client';
import type { Operation, Phase } from '@signalbox/cluster';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { CopyButton } from '../kit/copy-button.tsx';
import { useOperationText } from './operation-text.ts';

interface OperationLineProps {
  readonly operation: Operation;
  readonly command: string;
  /** How it went, when it was tried. */
  readonly outcome?: ReactNode;
}

/** A sentence, and the command an operator would have typed. */
export function OperationLine({ operation, command, outcome }: OperationLineProps) {
  const t = useTranslations('review');
  const text = useOperationText();
  return (
    <li className="border-t border-line py-1.5 first:border-0">
      <div className="flex items-start gap-3">
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{text(operation)}</span>
        {outcome}
      </div>
      <div className="mt-1 flex items-center gap-1 rounded-md bg-bg py-0.5 pr-1 pl-2.5">
        <code className="mono min-w-0 flex-1 [overflow-wrap:anywhere] text-ink-2">{command}</code>
        <CopyButton text={command} name={t('copyCommand')} />
      </div>
    </li>
  );
}

/** The title over the operations of one phase. */
export function PhaseTitle({ phase, children }: { phase: Phase; children?: ReactNode }) {
  const t = useTranslations('phase');
  return (
    <div className="mt-3 mb-1 flex items-baseline gap-2 first:mt-0">
      <h3 className="font-semibold">{t(phase)}</h3>
      <span className="text-small text-ink-3">{t(`${phase}Text`)}</span>
      <span className="ml-auto text-small whitespace-nowrap text-ink-2">{children}</span>
    </div>
  );
}
