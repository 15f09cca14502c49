'use client';
import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { RolloutHost, RolloutView } from '../../api/contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { buttonLook } from '../kit/button.tsx';
import { ClockText } from '../kit/clock-text.tsx';
import { Notice } from '../kit/notice.tsx';
import { useSaid } from '../kit/said.ts';
import { IdleHosts } from '../review/idle-hosts.tsx';
import { phases } from '../review/phases.ts';
import { switchPath } from '../switch/switch-address.ts';
import { RolloutHostCard } from './rollout-host-card.tsx';
import { busyPhases, rolloutProgress } from './rollout-progress.ts';
import { useRollout } from './use-rollout.ts';
import { useWhatText } from './what-text.ts';

/** One rollout: while it runs, its progress; afterwards, what became of every operation. */
export function RolloutPage({ rollout: initial }: { rollout: RolloutView }) {
  const t = useTranslations('changes');
  const { view, topology } = useCluster();
  const { rollout, lost } = useRollout(initial);
  const whatText = useWhatText();
  const { done, of } = rolloutProgress(rollout);
  const isApply = rollout.what.kind === 'apply';
  const revision = { revision: String(rollout.revision) };
  const busy = rollout.hosts.filter((host) => busyPhases(host).length > 0);
  const idle = rollout.hosts.filter((host) => busyPhases(host).length === 0);
  const name = ({ nodeId }: RolloutHost) => nodeName(topology, view, nodeId);
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[920px] flex-col gap-3.5 px-5 pt-3.5 pb-10">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">
            {isApply ? t('rollout', revision) : whatText(rollout.what)}
          </h1>
          <span className="text-ink-3">
            {isApply ? whatText(rollout.what) : t('revisionOf', revision)} ·{' '}
            {rollout.by === null ? t('startedByItself') : t('startedBy', { by: rollout.by })} ·{' '}
            <ClockText iso={rollout.startedAt} seconds />
          </span>
        </div>
        {rollout.state === 'running' ? <PhaseSteps rollout={rollout} /> : null}
        {of === 0 ? null : <ProgressBar done={done} of={of} state={rollout.state} />}
        {lost ? <Notice tone="warn" title={t('stale')} /> : null}
        <Ending rollout={rollout} clusterId={view.id} />
        {of === 0 && rollout.state === 'done' ? <p className="text-ink-2">{t('noOperations')}</p> : null}
        {busy.map((host) => (
          <RolloutHostCard key={host.nodeId} host={host} name={name(host)} />
        ))}
        <IdleHosts names={idle.map(name)} word={t('nothingHere')} />
      </div>
    </main>
  );
}

function PhaseSteps({ rollout }: { rollout: RolloutView }) {
  const t = useTranslations('phase');
  const at = rollout.phase === null ? -1 : phases.indexOf(rollout.phase);
  return (
    <ol className="flex flex-wrap gap-x-5 gap-y-1">
      {phases.map((phase, i) => (
        <li
          key={phase}
          aria-current={i === at ? 'step' : undefined}
          className={i === at ? 'flex items-center gap-1.5 font-semibold' : 'text-ink-3'}
        >
          {i === at ? <LoaderCircle className="size-3.5 animate-spin" aria-hidden /> : null}
          {i < at ? '✓ ' : ''}
          {t(phase)}
        </li>
      ))}
    </ol>
  );
}

const colour = { running: 'bg-nat', done: 'bg-ok', stopped: 'bg-bad' } as const;

function ProgressBar({ done, of, state }: { done: number; of: number; state: RolloutView['state'] }) {
  const t = useTranslations('changes');
  const text = t('progress', { done: String(done), of: String(of) });
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={t('operations')}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={done}
        aria-valuetext={text}
        className="h-1.5 flex-1 overflow-hidden rounded-full bg-line"
      >
        <div className={`h-full rounded-full ${colour[state]}`} style={{ width: `${(done / of) * 100}%` }} />
      </div>
      <span className="min-w-[72px] text-right text-ink-2">{text}</span>
    </div>
  );
}

function Ending({ rollout, clusterId }: { rollout: RolloutView; clusterId: string }) {
  const t = useTranslations('changes');
  const said = useSaid();
  const { mayEdit } = useCluster();
  const lever = useTranslations('lever');
  const { what, failure } = rollout;
  const isApply = what.kind === 'apply';
  const whence = isApply ? (
    <Link href={`/clusters/${clusterId}`} className={buttonLook({})}>
      {t('backToBoard')}
    </Link>
  ) : (
    <Link href={switchPath(clusterId, what.switchId)} className={buttonLook({})}>
      {lever('show')}
    </Link>
  );
  return (
    <div role="status">
      {rollout.state === 'running' ? <p className="text-ink-3">{t('background')}</p> : null}
      {rollout.state === 'done' ? (
        <Notice tone="ok" title={t(isApply ? 'doneTitle' : 'doneStepTitle')} actions={whence} />
      ) : null}
      {rollout.state === 'stopped' ? (
        <Notice
          tone="bad"
          title={failure === null ? t('stoppedTitle') : said(failure)}
          actions={
            mayEdit && isApply ? (
              <Link href={`/clusters/${clusterId}/review`} className={buttonLook({})}>
                {t('reviewAgain')}
              </Link>
            ) : (
              whence
            )
          }
        >
          {t(isApply ? 'stoppedText' : 'stoppedStepText')}
        </Notice>
      ) : null}
    </div>
  );
}
