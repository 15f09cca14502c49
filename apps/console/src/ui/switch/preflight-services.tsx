'use client';
import { useTranslations } from 'use-intl';
import type { SwitchedService, SwitchPreflight } from '../../api/switch-contract.ts';
import { Button } from '../kit/button.tsx';
import { LampWord } from '../kit/lamp.tsx';
import { PreflightProblems } from './preflight-problems.tsx';

interface PreflightServicesProps {
  readonly asked: readonly { readonly id: string; readonly name: string }[];
  readonly without: readonly string[];
  readonly answer: SwitchPreflight | null;
  readonly onLeave: (id: string) => void;
  readonly onTakeIn: (id: string) => void;
}

/** Of a thousand services nobody reads more than the first; refused ones and those with something to say are all shown. */
const SHOWN = 12;

export function PreflightServices({ asked, without, answer, onLeave, onTakeIn }: PreflightServicesProps) {
  const t = useTranslations('switching');
  const verdicts = new Map(answer?.services.map((one) => [one.serviceId, one]));
  const rows = asked
    .map(({ id, name }) => ({ id, name, verdict: without.includes(id) ? null : (verdicts.get(id) ?? null) }))
    .toSorted((a, b) => rank(a.verdict) - rank(b.verdict));
  const loud = rows.filter(({ verdict }) => rank(verdict) < quiet);
  const shown = rows.slice(0, Math.max(SHOWN, loud.length));
  const more = rows.length - shown.length;
  return (
    <ul>
      {shown.map(({ id, name, verdict }) => (
        <li key={id} className="border-t border-line py-1.5 first:border-0">
          <div className="flex min-h-7 items-center gap-3">
            <span className="mono min-w-0 flex-1 truncate text-ink" title={name}>
              {name}
            </span>
            <Verdict verdict={verdict} leftOut={without.includes(id)} to={answer?.to ?? null} />
            {verdict?.verdict === 'refused' ? (
              <Button size="small" aria-label={t('leaveOut', { name })} onClick={() => onLeave(id)}>
                {t('leaveOutShort')}
              </Button>
            ) : null}
            {without.includes(id) ? (
              <Button
                size="small"
                look="quiet"
                aria-label={t('takeInNamed', { name })}
                onClick={() => onTakeIn(id)}
              >
                {t('takeIn')}
              </Button>
            ) : null}
          </div>
          {verdict === null || verdict.problems.length === 0 ? null : (
            <div className="mt-0.5 mb-1">
              <PreflightProblems problems={verdict.problems} />
            </div>
          )}
        </li>
      ))}
      {more > 0 ? (
        <li className="border-t border-line py-1.5 text-ink-3">{t('more', { count: more })}</li>
      ) : null}
    </ul>
  );
}

const quiet = 2;
const rank = (verdict: SwitchedService | null): number =>
  verdict?.verdict === 'refused' ? 0 : verdict && verdict.problems.length > 0 ? 1 : quiet;

interface VerdictProps {
  readonly verdict: SwitchedService | null;
  readonly leftOut: boolean;
  readonly to: SwitchPreflight['to'] | null;
}

function Verdict({ verdict, leftOut, to }: VerdictProps) {
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  if (leftOut) return <LampWord state="off">{t('leftOut')}</LampWord>;
  switch (verdict?.verdict) {
    case undefined:
      return <span className="text-ink-3">…</span>;
    case 'willSwitch':
      return <LampWord state="ok">{t('willSwitch')}</LampWord>;
    case 'alreadyThere':
      return <LampWord state="off">{t('alreadyThere', { method: to ? methods(to) : '' })}</LampWord>;
    case 'refused':
      return <LampWord state="bad">{t('refused')}</LampWord>;
  }
}
