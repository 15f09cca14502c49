'use client';
import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { serviceTitle } from '../figures/readings.ts';
import { Notice } from '../kit/notice.tsx';
import { useSaid } from '../kit/said.ts';
import { useProbing } from '../probe/probe-context.ts';
import { defaultOrder, probeTargets } from '../probe/probe-targets.ts';
import { useLeverBlock } from './cluster-lever.tsx';
import { type ConfirmWithin, secondsOf } from './confirm-choice.tsx';
import { Lever } from './lever.tsx';
import { leverReading } from './lever-reading.ts';
import { PlanSteps } from './plan-steps.tsx';
import { PreflightBlock } from './preflight-block.tsx';
import { PreflightFooter } from './preflight-footer.tsx';
import { PreflightSide } from './preflight-side.tsx';
import { EarlierSwitches } from './earlier-switches.tsx';
import { readOrder, type SwitchOrderAddress, switchPath } from './switch-address.ts';
import { SwitchFrame } from './switch-frame.tsx';
import { usePreflight } from './use-preflight.ts';
import { verdictOf } from './preflight-verdict.ts';

/** What a throw of the lever would do, asked of every host; and the throw. */
export function PreflightPage() {
  const t = useTranslations('switching');
  const said = useSaid();
  const methods = useTranslations('method');
  const router = useRouter();
  const trpc = useTRPC();
  const { view, mayEdit } = useCluster();
  const topology = view.applied?.topology ?? view.topology;
  const reading = leverReading(topology.services);
  const [order, setOrder] = useOrder(reading.kind !== 'none' && reading.method === 'masq' ? 'gate' : 'masq');
  const asked = topology.services.filter(({ id }) => order.services?.includes(id) ?? true);
  const wanted = asked.map(({ id }) => id).filter((id) => !order.without.includes(id));
  const block = useLeverBlock();
  const preflight = usePreflight({ clusterId: view.id, services: wanted, to: order.to }, block === null);
  const verdict = preflight.answer && verdictOf(preflight.answer);
  const targets = probeTargets(view);
  const load = defaultOrder(view.id, targets, verdict?.order ?? wanted);
  const [withLoad, setWithLoad] = useState(true);
  const [confirmWithin, setConfirmWithin] = useState<ConfirmWithin>('never');
  const { probe, start: startProbe } = useProbing();
  const start = useMutation(
    trpc.switches.start.mutationOptions({
      onSuccess: ({ switchId }) => router.push(switchPath(view.id, switchId)),
    }),
  );
  const confirm = () => {
    if (!preflight.answer || !verdict) return;
    // It needs a moment to connect, and what it counts begins with the switch.
    if (withLoad && load !== null && (probe === null || probe.stopped)) startProbe(load, true);
    const { revision } = preflight.answer;
    start.mutate({
      clusterId: view.id,
      revision,
      services: [...verdict.order],
      to: order.to,
      confirmWithin: secondsOf(confirmWithin),
    });
  };
  const [only] = asked;
  const name = asked.length === 1 && only ? serviceTitle(topology, only) : topology.name;
  return (
    <SwitchFrame
      lever={
        <Lever
          size="normal"
          wanted
          name={name}
          reading={{ kind: 'all', method: order.to, count: asked.length }}
          onThrow={(to) => setOrder({ ...order, to, without: [] })}
        />
      }
      title={t('ask', { name, method: methods(order.to) })}
      aside={preflight.answer && !preflight.asking ? t('checked', preflight.answer.checks) : null}
      left={
        <div className="flex flex-col gap-4">
          <PreflightBlock block={asked.length === 0 ? 'noService' : block} />
          <div role="alert" className="contents">
            {preflight.error === null ? null : (
              <Notice tone="bad" title={t('preflightFailed', { message: preflight.error })} />
            )}
            {start.error ? (
              <Notice tone="bad" title={t('notStarted', { message: said(start.error) })} />
            ) : null}
          </div>
          <PreflightSide
            asked={asked.map((service) => ({ id: service.id, name: serviceTitle(topology, service) }))}
            order={order}
            onOrder={setOrder}
            preflight={preflight}
          />
        </div>
      }
      right={<PlanSteps preflight={preflight.answer} to={order.to} />}
      footer={
        <PreflightFooter
          to={order.to}
          standing={preflight.asking ? null : (verdict?.standing ?? null)}
          warnings={verdict?.warnings ?? 0}
          left={wanted.length}
          starting={start.isPending || start.isSuccess}
          mayConfirm={mayEdit && block === null && wanted.length > 0}
          onAskAgain={preflight.ask}
          onConfirm={confirm}
          load={load}
          targets={targets}
          withLoad={withLoad}
          onWithLoad={setWithLoad}
          confirmWithin={confirmWithin}
          onConfirmWithin={setConfirmWithin}
        />
      }
      below={<EarlierSwitches />}
    />
  );
}

/** The order in the address: it can be linked to, and survives a reload. */
function useOrder(otherwise: SwitchOrderAddress['to']) {
  const params = useSearchParams();
  const order = readOrder(params, otherwise);
  const setOrder = ({ to, services, without }: SwitchOrderAddress) => {
    const address = new URL(location.href);
    address.searchParams.set('to', to);
    if (services === null) address.searchParams.delete('services');
    if (without.length === 0) address.searchParams.delete('without');
    else address.searchParams.set('without', without.join(','));
    history.replaceState(null, '', address);
  };
  return [order, setOrder] as const;
}
