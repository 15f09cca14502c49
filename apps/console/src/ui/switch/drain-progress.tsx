'use client';
import type { ForwardingMethod } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import type { SwitchView, WayCount } from '../../api/switch-contract.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { nodeName } from '../cluster/node-name.ts';
import { formatCount } from '../figures/format.ts';
import { Remaining } from './passed.tsx';
import { drainProgress, waysOf } from './switch-state.ts';
import { useWayName } from './way-name.ts';

interface DrainProgressProps {
  readonly drain: NonNullable<SwitchView['drain']>;
  readonly view: SwitchView;
  readonly ended: boolean;
}

/** Under DR the director remembers ended connections for a while: their way stays until it has forgotten the last. */
function Until({ drain }: Pick<DrainProgressProps, 'drain'>) {
  const t = useTranslations('switching');
  const isForgetting = drain.left === 0 && drain.forgottenAt !== null;
  if (drain.overdue && !isForgetting) return null;
  const until = isForgetting ? drain.forgottenAt : drain.deadline;
  return (
    <>
      {' · '}
      {t(isForgetting ? 'forgets' : 'atMost')} <Remaining untilMs={Date.parse(until)} />
    </>
  );
}

/** How many old connections are left, in all and on each real server. */
export function DrainProgress({ drain, view, ended }: DrainProgressProps) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const { current, other } = waysOf(view);
  const way = wayName(other);
  const { left, first, part } = drainProgress(drain);
  const text =
    left === null
      ? t('leftUnknown')
      : left === 0
        ? t('leftNone', { way })
        : t('left', { left: formatCount(left), first: formatCount(first), way });
  return (
    <div className="mt-1">
      <p>
        {text}
        {ended ? null : <Until drain={drain} />}
      </p>
      <div
        role="progressbar"
        aria-label={t('drain')}
        aria-valuemin={0}
        aria-valuemax={first}
        aria-valuenow={left === null ? undefined : first - left}
        aria-valuetext={text}
        className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full ${current === 'masq' ? 'bg-nat' : 'bg-dr'}`}
          style={{ width: `${(part ?? 0) * 100}%` }}
        />
      </div>
      {drain.overdue && left !== null && left > 0 ? (
        <p className="mt-1.5 font-medium text-warn">{t('overdue', { count: left, way })}</p>
      ) : null}
      {ended || drain.ways.length === 0 ? null : (
        <WayTable ways={drain.ways} current={current} other={other} />
      )}
    </div>
  );
}

/** More real servers than this scroll. */
function WayTable({
  ways,
  current,
  other,
}: {
  ways: readonly WayCount[];
  current: ForwardingMethod | null;
  other: ForwardingMethod | null;
}) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const { view, topology } = useCluster();
  const count = (value: number | null) => (value === null ? t('unknown') : formatCount(value));
  return (
    <div
      className="mt-2 max-h-48 overflow-y-auto rounded-md bg-bg px-2.5 py-1"
      tabIndex={0}
      role="region"
      aria-label={t('ways')}
    >
      <table className="w-full" aria-label={t('ways')}>
        <thead className="text-tiny">
          <tr>
            <th scope="col" className="py-0.5 text-left font-medium text-ink-3">
              {t('realServer')}
            </th>
            {[other, current].map((way, i) => (
              <th
                key={i === 0 ? 'old' : 'new'}
                scope="col"
                className={`w-20 py-0.5 text-right font-semibold ${way === 'masq' ? 'text-nat' : 'text-dr'}`}
              >
                {wayName(way)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ways.map((one) => (
            <tr key={one.nodeId}>
              <th scope="row" className="max-w-32 truncate py-0.5 text-left font-normal">
                {nodeName(topology, view, one.nodeId)}
              </th>
              <td className="py-0.5 text-right">{count(one.old)}</td>
              <td className="py-0.5 text-right">{count(one.new)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
