'use client';
import { useTranslations } from 'use-intl';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchView } from '../../api/switch-contract.ts';
import { useAgeText } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { ClockText } from '../kit/clock-text.tsx';
import { Notice } from '../kit/notice.tsx';
import { Lever } from './lever.tsx';
import { positions } from './lever-reading.ts';
import { Passed } from './passed.tsx';
import { StageList } from './stage-list.tsx';
import { SwitchControls } from './switch-controls.tsx';
import { SwitchEnding } from './switch-ending.tsx';
import { SwitchFrame } from './switch-frame.tsx';
import { SwitchProbe } from './switch-probe.tsx';
import { SwitchTurns } from './switch-turns.tsx';
import { isAtEnd, waysOf } from './switch-state.ts';
import { useSwitch } from './use-switch.ts';
import { useWayName } from './way-name.ts';

/** One switch: while it walks, live; afterwards, what became of it. */
export function SwitchPage({ initial }: { initial: SwitchView }) {
  const t = useTranslations('switching');
  const { view: followed, lost } = useSwitch(initial.id, initial);
  const view = followed ?? initial;
  const { current } = waysOf(view);
  const ended = isAtEnd(view);
  const title = useSwitchTitle(view);
  return (
    <SwitchFrame
      lever={
        <Lever
          size="normal"
          name={title.name}
          reading={current === null ? { kind: 'none' } : { kind: 'all', method: current, count: 1 }}
          movingTo={
            view.state === 'walking' ? (positions.find((position) => position === view.to) ?? null) : null
          }
          onThrow={null}
        />
      }
      title={title.text}
      aside={<Since view={view} />}
      left={
        <div className="flex flex-col gap-4">
          {lost ? <Notice tone="warn" title={t('lost')} /> : null}
          {ended || view.state === 'held' || view.failure !== null ? <SwitchEnding view={view} /> : null}
          <SwitchTurns view={view} />
          <StageList view={view} />
        </div>
      }
      right={<SwitchProbe view={view} />}
      footer={<SwitchControls view={view} />}
    />
  );
}

function useSwitchTitle(view: SwitchView): { readonly name: string; readonly text: string } {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const { topology } = useCluster();
  const [only] = view.services;
  const count = view.services.length;
  const name =
    count === 1 && only
      ? only.name
      : count < topology.services.length
        ? t('someOf', { count, name: topology.name })
        : topology.name;
  const from = cameFrom(view);
  const words = { name, from: wayName(from), to: wayName(view.to) };
  switch (view.state) {
    case 'done':
      return { name, text: t('ended', words) };
    case 'wentBack':
      return { name, text: t('endedBack', words) };
    case 'goingBack':
      return { name, text: t('backUnder', words) };
    case 'draining':
    case 'retiring':
      return {
        name,
        text: t(view.step === 'prepared' || view.step === 'from' ? 'backUnder' : 'under', words),
      };
    default:
      return { name, text: t('under', words) };
  }
}

/** "by admin · 14:31:07 · 4.2 s" */
function Since({ view }: { view: SwitchView }) {
  const t = useTranslations('switching');
  const age = useAgeText();
  return (
    <>
      {t('by', { name: view.by })} · <ClockText iso={view.startedAt} seconds /> ·{' '}
      <span className="inline-block min-w-10">
        {view.finishedAt === null ? (
          <Passed sinceMs={Date.parse(view.startedAt)} />
        ) : (
          age(Date.parse(view.finishedAt) - Date.parse(view.startedAt))
        )}
      </span>
    </>
  );
}
