'use client';
import { Scheduler, type SchedulerFlag, type VirtualService } from '@signalbox/cluster';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useRemove } from '../cluster/remove-provider.tsx';
import type { Edit } from '../editor/edit.ts';
import { problemsAt } from '../editor/problems-at.ts';
import { serviceTitle } from '../figures/readings.ts';
import { Button } from '../kit/button.tsx';
import { ParsedField } from '../kit/parsed-field.tsx';
import { Problems } from '../kit/problems.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { DestinationForms } from './destination-form.tsx';
import { FormSection } from './form-section.tsx';
import { MethodField } from './method-field.tsx';
import { parsePort } from './parse.ts';
import { PersistenceForm } from './persistence-form.tsx';

type ServiceChange = Extract<Edit, { kind: 'changeService' }>['change'];

/** Everything of a virtual service, in ipvsadm's words. */
export function ServiceForm({ service }: { service: VirtualService }) {
  const t = useTranslations('inspector');
  const schedulers = useTranslations('scheduler');
  const { view, topology, problems, edit } = useCluster();
  const wasApplied = view.applied?.topology.services.find(({ id }) => id === service.id);
  const remove = useRemove();
  const { at } = service;
  const problemsOf = (...field: string[]) => problemsAt(problems, 'services', service.id, ...field);
  const change = (change: ServiceChange) => edit({ kind: 'changeService', serviceId: service.id, change });
  const title = serviceTitle(topology, service);
  return (
    <div className="flex flex-col gap-4">
      <Problems problems={problemsOf('at')} />
      <div className="grid grid-cols-[76px_1fr_76px] items-start gap-3">
        <SelectField
          label={t('protocol')}
          value={at.protocol}
          options={(['tcp', 'udp', 'sctp'] as const).map((value) => ({ value, label: value }))}
          onChange={(protocol) => change({ at: { ...at, protocol } })}
        />
        <SelectField
          label={t('vip')}
          value={at.vipId}
          options={topology.vips.map(({ id, address }) => ({ value: id, label: address.text }))}
          onChange={(vipId) => change({ at: { ...at, vipId } })}
          problems={problemsOf('at', 'vipId')}
        />
        <ParsedField
          label={t('port')}
          mono
          numeric
          value={at.port}
          format={String}
          parse={parsePort}
          wrong={t('wrongPort')}
          onChange={(port) => change({ at: { ...at, port } })}
        />
      </div>
      <SelectField
        label={t('scheduler')}
        value={service.scheduler}
        options={Scheduler.options.map((value) => ({ value, label: schedulers(value) }))}
        onChange={(scheduler) => change({ scheduler, schedulerFlags: flagsFor(scheduler, service) })}
        problems={problemsOf('scheduler')}
      />
      <Flags service={service} onChange={change} />
      <MethodField
        value={service.method}
        onChange={(method) => change({ method })}
        problems={problemsOf('method')}
        hint={wasApplied && service.method !== wasApplied.method ? t('methodHint') : undefined}
      />
      <PersistenceForm service={service} onChange={change} />
      <OnePacket service={service} onChange={change} />
      <FormSection title={t('destinations')}>
        <Problems problems={problemsOf('destinations')} />
        <DestinationForms service={service} />
      </FormSection>
      <Button
        look="danger"
        className="self-start"
        onClick={() => remove({ kind: 'service', id: service.id }, title)}
      >
        <Trash2 className="size-3.5" aria-hidden />
        {t('removeService', { name: title })}
      </Button>
    </div>
  );
}

const flagsOf: Readonly<Record<string, readonly SchedulerFlag[]>> = {
  sh: ['sh-fallback', 'sh-port'],
  mh: ['mh-fallback', 'mh-port'],
};

/** Flags of another scheduler would be refused. */
const flagsFor = (scheduler: Scheduler, { schedulerFlags }: VirtualService): SchedulerFlag[] =>
  schedulerFlags.filter((flag) => flagsOf[scheduler]?.includes(flag));

interface PartProps {
  readonly service: VirtualService;
  readonly onChange: (change: ServiceChange) => void;
}

function Flags({ service, onChange }: PartProps) {
  const t = useTranslations('inspector');
  const { problems } = useCluster();
  const { schedulerFlags } = service;
  const offered = flagsOf[service.scheduler] ?? [];
  const own = problemsAt(problems, 'services', service.id, 'schedulerFlags');
  if (offered.length === 0 && own.length === 0) return null;
  return (
    <FormSection title={t('flags')}>
      {offered.map((flag) => (
        <label key={flag} className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-nat"
            checked={schedulerFlags.includes(flag)}
            onChange={({ target }) =>
              onChange({
                schedulerFlags: target.checked
                  ? [...schedulerFlags, flag]
                  : schedulerFlags.filter((one) => one !== flag),
              })
            }
          />
          <span className="mono">{flag}</span>
        </label>
      ))}
      <Problems problems={own} />
    </FormSection>
  );
}

function OnePacket({ service, onChange }: PartProps) {
  const t = useTranslations('inspector');
  const { problems } = useCluster();
  const own = problemsAt(problems, 'services', service.id, 'onePacket');
  if (service.at.protocol !== 'udp' && !service.onePacket) return null;
  return (
    <div>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-nat"
          checked={service.onePacket}
          onChange={({ target }) => onChange({ onePacket: target.checked })}
        />
        {t('onePacket')}
      </label>
      <Problems problems={own} />
    </div>
  );
}
