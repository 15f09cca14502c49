'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { Lever } from './lever.tsx';
import { leverBlock, type LeverReading, leverReading, positions } from './lever-reading.ts';
import { orderPath, switchPath } from './switch-address.ts';
import { useCurrentSwitch } from './switch-provider.tsx';

/** The lever of the whole cluster, in the head of its board. */
export function ClusterLever() {
  const router = useRouter();
  const { view, topology } = useCluster();
  const reading = leverReading((view.applied?.topology ?? topology).services);
  const block = useLeverBlock();
  const moving = useMovingTo();
  if (reading.kind === 'none') return null;
  return (
    <div className="ml-auto flex items-center gap-3 max-[720px]:ml-0 max-[720px]:w-full max-[720px]:justify-between">
      <LeverCaption reading={reading} />
      <Lever
        name={topology.name}
        reading={reading}
        movingTo={moving}
        onThrow={
          block === null ? (to) => router.push(orderPath(view.id, { to, services: null, without: [] })) : null
        }
      />
    </div>
  );
}

/** Why the lever cannot be thrown now; null: it can. */
export function useLeverBlock() {
  const { view, changes, unsaved, mayEdit, rolloutId, switchId } = useCluster();
  return leverBlock({
    applied: view.applied !== null,
    changes: changes.length + unsaved,
    mayEdit,
    rolloutId,
    switchId,
  });
}

function useMovingTo() {
  const current = useCurrentSwitch();
  if (current?.state !== 'walking') return null;
  return positions.find((position) => position === current.to) ?? null;
}

/** What is in use, and why the lever rests when it does. */
function LeverCaption({ reading }: { reading: LeverReading }) {
  const t = useTranslations('lever');
  const methods = useTranslations('method');
  const { view } = useCluster();
  const block = useLeverBlock();
  const text =
    reading.kind === 'mixed'
      ? t('mixed', {
          count: String(reading.count),
          of: String(reading.of),
          method: methods(reading.method),
        })
      : reading.kind === 'all'
        ? t('all', { count: reading.count })
        : null;
  const link = 'font-medium underline underline-offset-2';
  return (
    <div
      className="max-w-[132px] text-right text-[11.5px] leading-[1.4] text-ink-3 max-[720px]:max-w-[200px] max-[720px]:text-left"
      role="status"
    >
      <div>{t('forwarding')}</div>
      {reading.kind === 'mixed' || block === null ? (
        <div className={reading.kind === 'mixed' ? 'font-semibold text-warn' : undefined}>{text}</div>
      ) : null}
      {block === 'switching' ? <ToSwitch className={link} /> : null}
      {block === 'changes' ? (
        <Link href={`/clusters/${view.id}/review`} className={link}>
          {t('applyFirst')}
        </Link>
      ) : null}
      {block === 'neverApplied' ? <div>{t('neverApplied')}</div> : null}
      {block === 'rollout' ? <div>{t('busy')}</div> : null}
      {block === 'viewer' ? <div>{t('viewer')}</div> : null}
    </div>
  );
}

function ToSwitch({ className }: { className: string }) {
  const t = useTranslations('lever');
  const { view, switchId } = useCluster();
  return switchId === null ? null : (
    <Link href={switchPath(view.id, switchId)} className={className}>
      {t('show')}
    </Link>
  );
}
