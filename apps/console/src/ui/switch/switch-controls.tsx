'use client';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { cameFrom } from '../../api/came-from.ts';
import type { SwitchView } from '../../api/switch-contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { Button, buttonLook } from '../kit/button.tsx';
import { useSaid } from '../kit/said.ts';
import { CutDialog } from './cut-dialog.tsx';
import { positions } from './lever-reading.ts';
import { Remaining } from './passed.tsx';
import { orderPath } from './switch-address.ts';
import { type Control, controlsOf, isAtEnd, isForgetting, retiredWay, waysOf } from './switch-state.ts';
import { useWayName } from './way-name.ts';

/** What happens if one leaves, and what one may do instead. */
export function SwitchControls({ view }: { view: SwitchView }) {
  const t = useTranslations('switching');
  const said = useSaid();
  const trpc = useTRPC();
  const { mayEdit } = useCluster();
  const [cutting, setCutting] = useState(false);
  const text = useFooterText(view);
  const command = useMutation(
    trpc.switches.command.mutationOptions({
      onError: (error) => toast.error(t('notTaken', { message: said(error) })),
    }),
  );
  const give = ({ command: word }: Control) => command.mutate({ switchId: view.id, command: word });
  return (
    <>
      <p className="min-w-0 flex-1 basis-72 text-ink-2">
        {text}
        {view.confirmBy !== null && view.state === 'confirming' ? (
          <Countdown what={t('confirmLeft')} untilIso={view.confirmBy} />
        ) : null}
        {isForgetting(view) ? <Countdown what={t('forgettingLeft')} untilIso={view.forgottenAt} /> : null}
      </p>
      <div className="flex flex-wrap gap-2">
        {mayEdit
          ? controlsOf(view).map((control) => (
              <ControlButton
                key={control.label}
                control={control}
                busy={command.isPending}
                onClick={() => (control.cuts ? setCutting(true) : give(control))}
              />
            ))
          : null}
        {isAtEnd(view) ? (
          <EndLinks view={view} />
        ) : (
          <BoardLink name={t('background')} look={view.state === 'confirming' ? 'plain' : 'primary'} />
        )}
      </div>
      {cutting ? (
        <CutDialog
          view={view}
          onClose={() => setCutting(false)}
          onCut={() => {
            command.mutate({ switchId: view.id, command: 'cutNow' });
            setCutting(false);
          }}
        />
      ) : null}
    </>
  );
}

function ControlButton({ control, busy, onClick }: { control: Control; busy: boolean; onClick: () => void }) {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const way = wayName(control.way);
  return (
    <Button look={lookOf(control)} disabled={busy} onClick={onClick}>
      {t(control.label, { way })}
    </Button>
  );
}

function lookOf({ cuts, command }: Control) {
  if (cuts) return 'danger';
  return command === 'confirm' ? 'primary' : 'plain';
}

function BoardLink({ name, look = 'primary' }: { name: string; look?: 'primary' | 'plain' }) {
  const { view } = useCluster();
  return (
    <Link href={`/clusters/${view.id}`} className={buttonLook({ look })}>
      {name}
    </Link>
  );
}

/** At the end: the other way, or once more. */
function EndLinks({ view }: { view: SwitchView }) {
  const t = useTranslations('switching');
  const methods = useTranslations('method');
  const { view: cluster, mayEdit } = useCluster();
  const wanted = view.state === 'done' ? cameFrom(view) : view.to;
  const to = positions.find((position) => position === wanted);
  const services = view.services.map(({ serviceId }) => serviceId);
  return (
    <>
      {to === undefined || !mayEdit ? null : (
        <Link href={orderPath(cluster.id, { to, services, without: [] })} className={buttonLook({})}>
          {view.state === 'done' ? t('throwBack', { way: methods(to) }) : t('throwAgain')}
        </Link>
      )}
      <BoardLink name={t('toBoard')} />
    </>
  );
}

function Countdown({ what, untilIso }: { what: string; untilIso: string }) {
  return (
    <strong className="ml-1 font-medium text-ink tabular-nums">
      {what} <Remaining untilMs={Date.parse(untilIso)} />
    </strong>
  );
}

function useFooterText(view: SwitchView): string | null {
  const t = useTranslations('switching');
  const wayName = useWayName();
  const { current } = waysOf(view);
  const way = wayName(current);
  switch (view.state) {
    case 'walking':
      return t('walkingText');
    case 'confirming':
      return t('confirmingText', { way });
    case 'draining':
      return t('drainingText', { way });
    case 'warm':
      return t('warmText', { way });
    case 'retiring':
      return isForgetting(view) ? t('forgettingText', { way: wayName(retiredWay(view)) }) : t('retiringText');
    case 'goingBack':
      return t('goingBackText');
    case 'held':
      return t('heldText');
    case 'done':
    case 'wentBack':
      return null;
  }
}
