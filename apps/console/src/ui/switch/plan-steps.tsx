'use client';
import type { ForwardingMethod } from '@signalbox/cluster';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { HostReview } from '../../api/contract.ts';
import type { SwitchPreflight } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { PlanHost } from './plan-host.tsx';
import { useWayName } from './way-name.ts';

type PlanStep = SwitchPreflight['steps'][number];

/** What would be done, step by step and host by host, as the commands an operator would have typed. */
export function PlanSteps({ preflight, to }: { preflight: SwitchPreflight | null; to: ForwardingMethod }) {
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  if (preflight === null || preflight.steps.length === 0) return null;
  const nothing = preflight.steps.every(({ hosts }) =>
    hosts.every((host) => operationsOf(host).length === 0),
  );
  return (
    <section>
      <h2 className="mb-1.5 font-[650]">{t('plan')}</h2>
      {nothing ? <p className="text-ink-2">{t('planEmpty')}</p> : null}
      <ol>
        {preflight.steps.map((step) => (
          <li key={step.step} className="border-t border-line first:border-0">
            <Step step={step} to={to} from={fromOf(preflight)} />
            {step.step === 'prepared' ? (
              <p className="mb-2.5 rounded-md bg-selected px-3 py-2 text-small text-ink-2">
                {t('proofBetween', { to: methods(to) })}
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

export const operationsOf = (host: HostReview) => (host.kind === 'unreachable' ? [] : host.operations);

const fromOf = ({ services }: SwitchPreflight): ForwardingMethod | null => {
  const ways = new Set(services.filter(({ verdict }) => verdict === 'willSwitch').map(({ from }) => from));
  const [only] = ways;
  return ways.size === 1 && only !== undefined ? only : null;
};

const titles = {
  from: ['stepFrom', 'stepFromText'],
  prepared: ['stepPrepared', 'stepPreparedText'],
  flipped: ['stepFlipped', 'stepFlippedText'],
  done: ['stepDone', 'stepDoneText'],
} as const;

interface StepProps {
  readonly step: PlanStep;
  readonly to: ForwardingMethod;
  readonly from: ForwardingMethod | null;
}

function Step({ step, to, from }: StepProps) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const { view, topology } = useCluster();
  const busy = step.hosts.filter((host) => host.kind === 'unreachable' || operationsOf(host).length > 0);
  const commands = busy.flatMap((host) => operationsOf(host).map(({ command }) => command));
  const ways = { to: wayName(to), from: wayName(from) };
  const [title, text] = titles[step.step];
  return (
    <details className="group py-2" open={step.step === 'flipped'}>
      <summary className="flex list-none items-start gap-2 rounded-md [&::-webkit-details-marker]:hidden">
        <ChevronRight className="mt-[3px] size-3.5 shrink-0 text-ink-3 group-open:rotate-90" aria-hidden />
        <span className="min-w-0 flex-1">
          <span className="font-semibold">{t(title, ways)}</span>
          <span className="block text-ink-3">{t(text, ways)}</span>
        </span>
        <span className="shrink-0 text-small text-ink-2">
          {t('operationsOn', {
            operations: commands.length,
            hosts: busy.filter((host) => host.kind !== 'unreachable').length,
          })}
        </span>
      </summary>
      <div className="mt-2 ml-[22px] flex flex-col gap-3">
        {busy.map((host) => (
          <PlanHost key={host.nodeId} host={host} name={nodeName(topology, view, host.nodeId)} />
        ))}
        {commands.length > 1 && busy.length > 1 ? (
          <span className="flex items-center gap-1 text-small text-ink-3">
            {t('copyStep')}
            <CopyButton text={commands.join('\n')} name={t('copyStep')} />
          </span>
        ) : null}
      </div>
    </details>
  );
}
