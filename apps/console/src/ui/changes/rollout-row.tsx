import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { RolloutView } from '../../api/contract.ts';
import { useAgeText } from '../cluster/ages.ts';
import { ClockText } from '../kit/clock-text.tsx';
import { LampWord } from '../kit/lamp.tsx';
import { useSaid } from '../kit/said.ts';
import { Cell, RowHead } from '../kit/table.tsx';
import { rolloutLamp, rolloutProgress } from './rollout-progress.ts';
import { useWhatText } from './what-text.ts';

/** One rollout in the list: what it was, whose, and how it ended. */
export function RolloutRow({ rollout }: { rollout: RolloutView }) {
  const t = useTranslations('changes');
  const said = useSaid();
  const age = useAgeText();
  const { done, of } = rolloutProgress(rollout);
  const { what, by, startedAt, finishedAt, state } = rollout;
  const whatText = useWhatText();
  const operations =
    of === 0 ? t('nothingHere') : t('operationsDone', { done: String(done), of: String(of) });
  return (
    <tr className="h-[38px] align-top hover:bg-bg/70 [&>*]:pt-2">
      <RowHead>
        <Link
          href={`/clusters/${rollout.clusterId}/changes/${rollout.id}`}
          className="font-semibold hover:underline"
        >
          {t('revisionOf', { revision: String(rollout.revision) })}
        </Link>
      </RowHead>
      <Cell words className="min-w-40 whitespace-normal min-[900px]:min-w-72">
        {whatText(what)}
      </Cell>
      <Cell words>
        <ClockText iso={startedAt} seconds />
      </Cell>
      <Cell>{finishedAt === null ? '–' : age(Date.parse(finishedAt) - Date.parse(startedAt))}</Cell>
      <Cell words>{by ?? t('byConsole')}</Cell>
      <Cell>{operations}</Cell>
      <Cell words className="py-1.5 whitespace-normal">
        <LampWord state={rolloutLamp(state)}>{t(state)}</LampWord>
        {rollout.failure === null ? null : (
          <span className="ml-2 text-ink-2 [overflow-wrap:anywhere]">{said(rollout.failure)}</span>
        )}
      </Cell>
    </tr>
  );
}
