'use client';
import { RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import type { ProbeOrder } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { Button, buttonLook } from '../kit/button.tsx';
import type { ProbeTargets } from '../probe/probe-targets.ts';
import { ConfirmChoice, type ConfirmWithin } from './confirm-choice.tsx';
import type { Position } from './lever-reading.ts';
import type { Standing } from './preflight-verdict.ts';

interface PreflightFooterProps {
  readonly to: Position;
  /** Null: not known yet. */
  readonly standing: Standing | null;
  readonly warnings: number;
  /** Services that are asked for. */
  readonly left: number;
  readonly starting: boolean;
  readonly mayConfirm: boolean;
  readonly onAskAgain: () => void;
  readonly onConfirm: () => void;
  readonly load: ProbeOrder | null;
  readonly targets: ProbeTargets;
  readonly withLoad: boolean;
  readonly onWithLoad: (wanted: boolean) => void;
  readonly confirmWithin: ConfirmWithin;
  readonly onConfirmWithin: (within: ConfirmWithin) => void;
}

/** The word that starts it, and whether requests are sent meanwhile. */
export function PreflightFooter(props: PreflightFooterProps) {
  const { to, standing, warnings, left, starting, mayConfirm } = props;
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  const { view } = useCluster();
  const text =
    left === 0
      ? t('nothingLeft')
      : standing === 'blocked'
        ? t('blocked')
        : standing === 'nothing'
          ? t('nothingToSwitch', { method: methods(to) })
          : warnings > 0
            ? `${t('mayGo', { count: warnings })} ${t('confirmText')}`
            : t('confirmText');
  return (
    <>
      <div className="min-w-0 flex-1 basis-80">
        <LoadChoice {...props} />
        {mayConfirm ? <ConfirmChoice value={props.confirmWithin} onChange={props.onConfirmWithin} /> : null}
        <p className="mt-1 text-small text-ink-2">{text}</p>
      </div>
      <div className="flex gap-2">
        <Link href={`/clusters/${view.id}`} className={buttonLook({})}>
          {t('cancel')}
        </Link>
        <Button disabled={standing === null || starting} onClick={props.onAskAgain}>
          <RefreshCw className="size-3.5" aria-hidden />
          {t('askAgain')}
        </Button>
        <Button
          look="primary"
          disabled={!mayConfirm || standing !== 'ready' || starting}
          onClick={props.onConfirm}
        >
          {starting ? t('starting') : t('confirm', { method: methods(to) })}
        </Button>
      </div>
    </>
  );
}

function LoadChoice({ load, targets, withLoad, onWithLoad, mayConfirm }: PreflightFooterProps) {
  const t = useTranslations('switching');
  const id = useId();
  if (!mayConfirm) return null;
  if (load === null) return <p className="text-small text-ink-3">{t('noProbe')}</p>;
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        className="mt-[3px] size-3.5 accent-[var(--ink)]"
        checked={withLoad}
        onChange={(event) => onWithLoad(event.target.checked)}
        aria-describedby={`${id}-about`}
      />
      <div>
        <label htmlFor={id} className="font-medium">
          {t('withProbe')}
        </label>
        <p id={`${id}-about`} className="text-small text-ink-3">
          {t('withProbeText', {
            node: targets.nodes.find(({ id }) => id === load.nodeId)?.name ?? load.nodeId,
            service: targets.services.find(({ id }) => id === load.serviceId)?.name ?? load.serviceId,
            rate: String(load.requestsPerSecond),
            longLived: String(load.longLived),
          })}
        </p>
      </div>
    </div>
  );
}
