'use client';
import { useTranslations } from 'use-intl';
import { ClockText } from '../kit/clock-text.tsx';
import { Lamp, type LampState } from '../kit/lamp.tsx';
import { useNow } from '../kit/now.ts';
import { useAgeText, useFreshness } from './ages.ts';
import { useCluster } from './cluster-context.ts';
import { useLink, useLive } from './live-provider.tsx';

/** "All 5 nodes answer · revision 41 applied 14:02 · sample 0.4 s old", or what is wrong instead. */
export function StateLine() {
  const t = useTranslations('board');
  const { view } = useCluster();
  const agents = useAgentsState();
  return (
    <p className="mt-px flex flex-wrap items-center gap-x-1.5 whitespace-nowrap text-ink-3">
      <Lamp state={agents.lamp} />
      <span>{agents.text}</span>
      <span aria-hidden>·</span>
      <span>
        {view.applied === null ? (
          t('neverApplied')
        ) : (
          <>
            {t('appliedAt', { revision: String(view.applied.revision) })} <ClockText iso={view.applied.at} />
          </>
        )}
      </span>
      <span aria-hidden>·</span>
      <SampleAge />
    </p>
  );
}

function useAgentsState(): { readonly lamp: LampState; readonly text: string } {
  const t = useTranslations('board');
  const { topology } = useCluster();
  const { hosts, heardAtMs } = useLive();
  const link = useLink();
  const age = useAgeText();
  const now = useNow(1000);
  if (link.kind === 'down') return { lamp: 'bad', text: t('linkDown', { age: age(now - link.sinceMs) }) };
  if (heardAtMs === null) return { lamp: 'off', text: t('connecting') };
  const withAgent = topology.nodes.filter(({ agent }) => agent !== null);
  if (withAgent.length === 0) return { lamp: 'off', text: t('agentsNone') };
  const answer = withAgent.filter(({ id }) => hosts.get(id)?.agent.kind === 'answers').length;
  const count = String(withAgent.length);
  const without = topology.nodes.length - withAgent.length;
  const rest = without > 0 ? `, ${t('withoutAgent', { count: without })}` : '';
  return answer === withAgent.length
    ? { lamp: 'ok', text: t('agentsAll', { count }) + rest }
    : {
        lamp: answer === 0 ? 'bad' : 'warn',
        text: t('agentsSome', { answer: String(answer), count }) + rest,
      };
}

/** How old the newest sample of the director is: its own width, so that nothing moves. */
function SampleAge() {
  const t = useTranslations('board');
  const { topology } = useCluster();
  const { hosts } = useLive();
  const age = useAgeText();
  const directors = topology.nodes.filter(({ kind }) => kind === 'director');
  const freshness = useFreshness(...directors.map(({ id }) => hosts.get(id)));
  return (
    <span>{freshness.kind === 'never' ? t('noSample') : t('sampleAge', { age: age(freshness.ageMs) })}</span>
  );
}
