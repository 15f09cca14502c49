'use client';
import { Circle, CircleAlert, CircleCheck, CircleMinus } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { RolloutHost, RolloutView } from '../../api/contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { cn } from '../kit/class-names.ts';

type Result = RolloutHost['phases'][number]['results'][number];

/** Every host of a rollout with its phases and what became of each operation. */
export function RolloutHosts({ rollout }: { rollout: RolloutView }) {
  const t = useTranslations('changes');
  const { topology } = useCluster();
  const nameOf = (id: string) =>
    topology.nodes.find((node) => node.id === id)?.name ?? t('removedNode', { id });
  return (
    <div className="flex flex-col gap-3">
      {rollout.hosts.map((host) => (
        <section key={host.nodeId} className="rounded-xl border border-line bg-panel px-4 py-3">
          <h2 className="font-semibold">{nameOf(host.nodeId)}</h2>
          {host.phases.every(({ of }) => of === 0) ? <p className="text-ink-3">{t('nothingHere')}</p> : null}
          {host.phases
            .filter(({ of }) => of > 0)
            .map((phase) => (
              <PhaseResults key={phase.phase} phase={phase} />
            ))}
        </section>
      ))}
    </div>
  );
}

function PhaseResults({ phase }: { phase: RolloutHost['phases'][number] }) {
  const t = useTranslations('phase');
  const words = useTranslations('changes');
  return (
    <div className="mt-2">
      <h3 className="text-xs font-semibold text-ink-3">
        {t(phase.phase)} · {words('progress', { done: String(phase.done), of: String(phase.of) })}
      </h3>
      <ul className="mt-1 flex flex-col">
        {phase.results.map((result) => (
          <OperationRow key={result.command} result={result} />
        ))}
      </ul>
    </div>
  );
}

const signs = {
  done: { icon: CircleCheck, look: 'text-ok' },
  failed: { icon: CircleAlert, look: 'text-bad' },
  notRun: { icon: CircleMinus, look: 'text-ink-3' },
  waiting: { icon: Circle, look: 'text-ink-3' },
} as const;

function OperationRow({ result: { command, outcome } }: { result: Result }) {
  const t = useTranslations('changes');
  const { icon: Icon, look } = signs[outcome.kind];
  const word = {
    done: t('outcomeDone'),
    notRun: t('outcomeNotRun'),
    waiting: t('outcomeWaiting'),
    failed: outcome.kind === 'failed' ? t('outcomeFailed', { errno: outcome.errno }) : '',
  }[outcome.kind];
  return (
    <li className="flex items-start gap-2 border-t border-line py-1.5 first:border-0">
      <Icon className={cn('mt-0.5 size-4 shrink-0', look)} aria-hidden />
      <div className="min-w-0 flex-1">
        <code className="mono [overflow-wrap:anywhere]">{command}</code>
        {outcome.kind === 'failed' ? <p className="text-bad">{outcome.message}</p> : null}
      </div>
      <span className={cn('text-xs', look)}>{word}</span>
    </li>
  );
}
