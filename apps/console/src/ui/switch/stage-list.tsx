'use client';
import { Check, Undo2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchStage, SwitchView } from '../../api/switch-contract.ts';
import { useAgeText } from '../cluster/ages.ts';
import { warningsAmong } from '../editor/problems-at.ts';
import { cn } from '../kit/class-names.ts';
import { Problems } from '../kit/problems.tsx';
import { DrainProgress } from './drain-progress.tsx';
import { Passed } from './passed.tsx';
import { ProofList } from './proof-list.tsx';
import { StageOperations } from './stage-operations.tsx';
import { retiredWay } from './switch-state.ts';
import { useWayName } from './way-name.ts';

/** The stages in their order, with times and with what happens inside each. */
export function StageList({ view }: { view: SwitchView }) {
  return (
    <ol className="flex flex-col gap-4">
      {view.stages.map((stage) => (
        <Stage key={stage.name} stage={stage} view={view} />
      ))}
    </ol>
  );
}

interface StageProps {
  readonly stage: SwitchStage;
  readonly view: SwitchView;
}

function Stage({ stage, view }: StageProps) {
  const { title, text } = useStageText(stage, view);
  // The one that ended it is said above all stages.
  const problems = stage.problems.filter(({ message }) => message !== view.failure);
  return (
    <li
      className="grid grid-cols-[18px_minmax(0,1fr)] gap-x-3"
      aria-current={stage.state === 'running' ? 'step' : undefined}
    >
      <StageLamp state={stage.state} to={view.to} />
      <div>
        <div className="flex items-baseline gap-2">
          <h2 className={cn('flex-1 font-semibold', stage.state === 'waiting' && 'text-ink-2')}>{title}</h2>
          <StageTime stage={stage} />
        </div>
        <div className="text-ink-3">{text}</div>
        {problems.length === 0 ? null : (
          <div className="mt-1">
            <Problems problems={problems} />
          </div>
        )}
        <StageInside stage={stage} view={view} />
      </div>
    </li>
  );
}

function StageInside({ stage, view }: StageProps): ReactNode {
  if (stage.name === 'prove')
    return view.proofs.length === 0 ? null : (
      <ProofList proofs={view.proofs} running={stage.state === 'running'} />
    );
  if (stage.name === 'drain')
    return view.drain === null || stage.state === 'waiting' ? null : (
      <DrainProgress drain={view.drain} view={view} ended={stage.state === 'done'} />
    );
  return stage.rolloutId === null ? null : (
    <StageOperations key={stage.rolloutId} rolloutId={stage.rolloutId} open={stage.name === 'flip'} />
  );
}

const marks = {
  done: { look: 'border-ok bg-ok text-panel', icon: Check },
  failed: { look: 'border-bad bg-bad text-panel', icon: X },
  undone: { look: 'border-warn bg-panel text-warn', icon: Undo2 },
  waiting: { look: 'border-line-2', icon: null },
  running: { look: '', icon: null },
} as const;

const stateWords = {
  done: 'stageDone',
  failed: 'stageFailed',
  undone: 'stageUndone',
  waiting: 'stageWaiting',
  running: 'stageRunning',
} as const;

/** A circle: ticked, crossed, turned back, empty; ringed in the colour of the way while it runs. */
function StageLamp({ state, to }: { state: SwitchStage['state']; to: SwitchView['to'] }) {
  const t = useTranslations('switching');
  const { look, icon: Icon } = marks[state];
  const running = to === 'masq' ? 'border-nat ring-nat/20' : 'border-dr ring-dr/20';
  return (
    <span
      className={cn(
        'mt-px flex size-[18px] items-center justify-center rounded-full border-[1.5px]',
        state === 'running' ? `${running} animate-pulse ring-[4px]` : look,
      )}
    >
      {Icon === null ? null : <Icon className="size-3" strokeWidth={3} aria-hidden />}
      <span className="sr-only">{t(stateWords[state])}</span>
    </span>
  );
}

/** How long it took; while it runs, how long it has. */
function StageTime({ stage }: { stage: SwitchStage }) {
  const t = useTranslations('switching');
  const age = useAgeText();
  const { state, startedAt, milliseconds } = stage;
  return (
    <span className="text-ink-3">
      {milliseconds !== null ? (
        milliseconds < 100 ? (
          t('milliseconds', { value: String(Math.round(milliseconds)) })
        ) : (
          age(milliseconds)
        )
      ) : state === 'running' && startedAt !== null ? (
        <Passed sinceMs={Date.parse(startedAt)} />
      ) : null}
    </span>
  );
}

const titles = {
  preflight: ['preflight', 'preflightText'],
  prepare: ['prepare', 'prepareText'],
  prove: ['prove', 'proveText'],
  flip: ['flip', 'flipText'],
  drain: ['drain', 'drainText'],
  retire: ['retire', 'retireText'],
} as const;

function useStageText({ name, state, problems }: SwitchStage, view: SwitchView) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const from = name === 'drain' || name === 'retire' ? retiredWay(view) : cameFrom(view);
  const ways = { from: wayName(from), to: wayName(view.to) };
  const [title, text] = titles[name];
  const warnings = warningsAmong(problems);
  if (name === 'preflight' && warnings > 0)
    return { title: t(title, ways), text: t('mayGo', { count: warnings }) };
  if (state === 'undone' && (name === 'prepare' || name === 'flip'))
    return { title: t(title, ways), text: t(name === 'flip' ? 'undoneFlip' : 'undonePrepare', ways) };
  const toNat = name === 'prepare' && view.to === 'masq';
  return { title: t(title, ways), text: toNat ? t('prepareTextNat') : t(text, ways) };
}
