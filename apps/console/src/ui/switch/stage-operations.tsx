'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronRight, Minus, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { RolloutHost, RolloutView } from '../../api/contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { rolloutProgress } from '../changes/rollout-progress.ts';
import { useRollout } from '../changes/use-rollout.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { useSaid } from '../kit/said.ts';

/** More operations than these are a list to open. */
const SHOWN = 8;

interface StageOperationsProps {
  readonly rolloutId: string;
  /** Shown without being asked for. */
  readonly open: boolean;
}

/** The operations of a stage, in place: which are done, on which host, as commands. */
export function StageOperations({ rolloutId, open }: StageOperationsProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.rollouts.get.queryOptions({ rolloutId }, { staleTime: 0 }));
  return data === undefined ? null : <Followed initial={data} open={open} />;
}

function Followed({ initial, open }: { initial: RolloutView; open: boolean }) {
  const t = useTranslations('switching');
  const { view, topology } = useCluster();
  const { rollout } = useRollout(initial);
  const { done, of } = rolloutProgress(rollout);
  if (of === 0) return null;
  const hosts = rollout.hosts.filter(({ phases }) => phases.some(({ results }) => results.length > 0));
  return (
    <details className="group mt-1" open={open && of <= SHOWN}>
      <summary className="flex w-fit list-none items-center gap-1 text-small text-ink-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 group-open:rotate-90" aria-hidden />
        {done === of
          ? t('operations', { count: of })
          : t('operationsDone', { done: String(done), of: String(of) })}
      </summary>
      <div className="mt-1 max-h-64 overflow-y-auto rounded-md bg-bg px-2.5 py-1.5">
        {hosts.map((host) => (
          <HostLines key={host.nodeId} host={host} name={nodeName(topology, view, host.nodeId)} />
        ))}
        <Link
          href={`/clusters/${view.id}/changes/${rollout.id}`}
          className="text-small text-ink-2 underline underline-offset-2"
        >
          {t('toRollout')}
        </Link>
      </div>
    </details>
  );
}

const icons = {
  done: { icon: Check, look: 'text-ok' },
  failed: { icon: X, look: 'text-bad' },
  notRun: { icon: Minus, look: 'text-ink-3' },
  waiting: { icon: Minus, look: 'text-ink-3' },
} as const;

function HostLines({ host, name }: { host: RolloutHost; name: string }) {
  const t = useTranslations('changes');
  const said = useSaid();
  const words = {
    done: t('outcomeDone'),
    failed: t('outcomeFailed', { errno: '' }),
    notRun: t('outcomeNotRun'),
    waiting: t('outcomeWaiting'),
  };
  return (
    <section className="mb-1.5">
      <h3 className="text-small font-semibold text-ink-2">{name}</h3>
      <ul>
        {host.phases.flatMap(({ phase, state, done, results }) =>
          results.map(({ command, outcome }, i) => {
            const kind =
              state === 'running' && outcome.kind === 'waiting' && i < done ? 'done' : outcome.kind;
            const { icon: Icon, look } = icons[kind];
            return (
              <li key={`${phase} ${command}`} className="flex items-start gap-1.5">
                <Icon className={`mt-[3px] size-3 shrink-0 ${look}`} aria-label={words[kind]} role="img" />
                <span className="min-w-0">
                  <code className="mono block truncate hover:whitespace-normal" title={command}>
                    {command}
                  </code>
                  {outcome.kind === 'failed' ? (
                    <span className="block text-small text-bad">
                      {outcome.errno}: {said(outcome.message)}
                    </span>
                  ) : null}
                </span>
              </li>
            );
          }),
        )}
      </ul>
    </section>
  );
}
