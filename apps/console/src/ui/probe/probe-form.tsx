'use client';
import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ProbeOrder } from '../../api/switch-contract.ts';
import { parseNumber } from '../inspector/parse.ts';
import { Button } from '../kit/button.tsx';
import { ParsedField } from '../kit/parsed-field.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { UnreadableFields, useUnreadableCount } from '../kit/unreadable.tsx';
import { useProbing } from './probe-context.ts';
import type { ProbeStore } from './probe-store.ts';
import type { ProbeTargets } from './probe-targets.ts';

interface ProbeFormProps {
  readonly targets: ProbeTargets;
  readonly initial: ProbeOrder;
}

/** From where, to what, how hard; and the two buttons. */
export function ProbeForm(props: ProbeFormProps) {
  return (
    // Their own count: what cannot be read here keeps nobody from saving a drawing.
    <UnreadableFields>
      <Fields {...props} />
    </UnreadableFields>
  );
}

function Fields({ targets, initial }: ProbeFormProps) {
  const t = useTranslations('probe');
  const { probe, start, stop } = useProbing();
  const [order, setOrder] = useState(initial);
  const [found, setFound] = useState<ProbeStore | null>(null);
  // One that was found running came after the form.
  if (probe?.found === true && probe.store !== found) {
    setFound(probe.store);
    setOrder(probe.order);
  }
  const unreadable = useUnreadableCount();
  const running = probe !== null && !probe.stopped;
  const change = (part: Partial<ProbeOrder>) => setOrder((before) => ({ ...before, ...part }));
  return (
    <form
      className="flex flex-wrap items-start gap-x-3 gap-y-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (running) stop();
        else if (unreadable === 0) start(order);
      }}
    >
      <SelectField
        label={t('from')}
        value={order.nodeId}
        options={targets.nodes.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(nodeId) => change({ nodeId })}
        disabled={running}
        className="w-32"
      />
      <SelectField
        label={t('service')}
        value={order.serviceId}
        options={targets.services.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(serviceId) => change({ serviceId })}
        disabled={running}
        className="w-48"
      />
      <NumberField
        label={t('workers')}
        range={[1, 64]}
        value={order.workers}
        onChange={(workers) => change({ workers })}
        disabled={running}
      />
      <NumberField
        label={t('rate')}
        hint={t('rateHint')}
        range={[0, 5000]}
        value={order.requestsPerSecond}
        onChange={(requestsPerSecond) => change({ requestsPerSecond })}
        disabled={running}
        wide
      />
      <NumberField
        label={t('longLived')}
        hint={t('longLivedHint')}
        range={[0, 1000]}
        value={order.longLived}
        onChange={(longLived) => change({ longLived })}
        disabled={running}
        wide
      />
      <Button
        type="submit"
        look={running ? 'plain' : 'primary'}
        className="mt-[21px]"
        disabled={!running && unreadable > 0}
        aria-label={t(running ? 'stopNamed' : 'startNamed')}
      >
        {running ? <Square className="size-3" aria-hidden /> : <Play className="size-3.5" aria-hidden />}
        {t(running ? 'stop' : probe === null ? 'start' : 'restart')}
      </Button>
    </form>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly range: readonly [number, number];
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly disabled: boolean;
  readonly wide?: boolean;
}

function NumberField({ label, hint, range: [from, to], value, onChange, disabled, wide }: NumberFieldProps) {
  const t = useTranslations('probe');
  return (
    <ParsedField
      label={label}
      {...(hint === undefined ? {} : { hint })}
      value={value}
      format={String}
      parse={parseNumber(from, to)}
      wrong={t('wrongNumber', { from: String(from), to: String(to) })}
      onChange={onChange}
      numeric
      disabled={disabled}
      className={wide ? 'w-36' : 'w-20'}
    />
  );
}
