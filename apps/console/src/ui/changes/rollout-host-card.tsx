'use client';
import { Check, CircleSlash, LoaderCircle, Minus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { RolloutHost } from '../../api/contract.ts';
import { cn } from '../kit/class-names.ts';
import { useSaid } from '../kit/said.ts';
import { Card } from '../nodes/card.tsx';
import { OperationLine, PhaseTitle } from '../review/operation-list.tsx';
import { busyPhases, phaseProgress } from './rollout-progress.ts';

type PhaseOfHost = RolloutHost['phases'][number];

/** One host of a rollout, phase by phase, operation by operation. */
export function RolloutHostCard({ host, name }: { host: RolloutHost; name: string }) {
  return (
    <Card title={name}>
      {busyPhases(host).map((phase) => (
        <PhaseOperations key={phase.phase} phase={phase} />
      ))}
    </Card>
  );
}

function PhaseOperations({ phase }: { phase: PhaseOfHost }) {
  const t = useTranslations('changes');
  const { done, of } = phaseProgress(phase);
  const running = phase.state === 'running';
  return (
    <section>
      <PhaseTitle phase={phase.phase}>
        <span className="inline-flex items-center gap-1.5">
          {running ? <LoaderCircle className="size-3.5 animate-spin" aria-hidden /> : null}
          {phase.state === 'waiting' ? t('waiting') : t('progress', { done: String(done), of: String(of) })}
        </span>
      </PhaseTitle>
      <ol>
        {phase.results.map(({ operation, command, outcome }, i) => (
          <OperationLine
            key={command}
            operation={operation}
            command={command}
            outcome={
              <Outcome
                outcome={running && outcome.kind === 'waiting' && i < done ? { kind: 'done' } : outcome}
              />
            }
          />
        ))}
      </ol>
    </section>
  );
}

const looks = {
  done: { icon: Check, look: 'text-ok' },
  failed: { icon: X, look: 'text-bad' },
  notRun: { icon: CircleSlash, look: 'text-ink-3' },
  waiting: { icon: Minus, look: 'text-ink-3' },
} as const;

/** What became of one operation: a word, and the kernel's word where it refused. */
function Outcome({ outcome }: { outcome: PhaseOfHost['results'][number]['outcome'] }) {
  const t = useTranslations('changes');
  const said = useSaid();
  const { icon: Icon, look } = looks[outcome.kind];
  const word = {
    done: () => t('outcomeDone'),
    failed: () => t('outcomeFailed', { errno: outcome.kind === 'failed' ? outcome.errno : '' }),
    notRun: () => t('outcomeNotRun'),
    waiting: () => t('outcomeWaiting'),
  }[outcome.kind]();
  return (
    <span className={cn('max-w-[50%] shrink-0 text-right', look)}>
      <span className="inline-flex items-center gap-1 font-medium whitespace-nowrap">
        <Icon className="size-3.5" aria-hidden />
        {word}
      </span>
      {outcome.kind === 'failed' ? (
        <span className="block text-small [overflow-wrap:anywhere]">{said(outcome.message)}</span>
      ) : null}
      {outcome.kind === 'done' && outcome.cut !== undefined ? (
        <span className="block text-small text-warn">{t('outcomeCut', { count: outcome.cut })}</span>
      ) : null}
    </span>
  );
}
