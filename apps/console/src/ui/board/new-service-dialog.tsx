'use client';
import { canonicalAddress, type Protocol, type Topology } from '@signalbox/cluster';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { newDestination, newService, newVip, randomId } from '../editor/new-things.ts';
import { serviceTitle } from '../figures/readings.ts';
import { parsePort } from '../inspector/parse.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Field } from '../kit/field.tsx';
import { SelectField } from '../kit/select-field.tsx';

interface NewServiceDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (serviceId: string) => void;
}

const NEW = 'new';

/** Protocol, VIP and port; the real servers that have an address are its first destinations. */
export function NewServiceDialog({ onClose, onCreated }: NewServiceDialogProps) {
  const t = useTranslations();
  const { topology, edit } = useCluster();
  const choices = vipChoices(topology);
  const directors = topology.nodes.filter(({ kind }) => kind === 'director');
  const [protocol, setProtocol] = useState<Protocol>('tcp');
  const [port, setPort] = useState('80');
  const [choice, setChoice] = useState(choices[0]?.value ?? NEW);
  const [address, setAddress] = useState('');
  const [directorId, setDirectorId] = useState(directors[0]?.id ?? '');
  const [asked, setAsked] = useState(false);
  const readPort = parsePort(port);
  const typed = canonicalAddress(address.trim());
  // Whoever types an address that is there already means that one.
  const known = choices.find(({ value }) => value === (choice === NEW ? typed?.text : choice));
  const taken =
    readPort &&
    topology.services.find(
      ({ at }) => at.protocol === protocol && at.port === readPort.value && at.vipId === known?.vipId,
    );

  const create = () => {
    setAsked(true);
    if (!readPort || taken || (known === undefined && (!typed || directorId === ''))) return;
    let vipId = known?.vipId;
    if (vipId === undefined) {
      const vip =
        known === undefined
          ? typed && newVip(typed, directorId, randomId)
          : newVip(known.address, known.directorId, randomId);
      if (!vip) return;
      vipId = vip.id;
      edit({ kind: 'addVip', vip });
    }
    const servers = topology.nodes.filter(({ kind }) => kind === 'realServer');
    const destinations = servers.flatMap((node) => newDestination(node, readPort.value, randomId) ?? []);
    const service = newService(
      { kind: 'address', protocol, vipId, port: readPort.value },
      destinations,
      randomId,
    );
    edit({ kind: 'addService', service });
    onCreated(service.id);
    onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('inspector.newServiceTitle')}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" disabled={directors.length === 0} onClick={create}>
            {t('inspector.create')}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2">
        {t(directors.length === 0 ? 'inspector.noDirector' : 'inspector.newServiceText')}
      </p>
      <div className="grid grid-cols-[90px_1fr_90px] items-start gap-3">
        <SelectField
          label={t('inspector.protocol')}
          value={protocol}
          options={(['tcp', 'udp', 'sctp'] as const).map((value) => ({ value, label: value }))}
          onChange={setProtocol}
        />
        <SelectField
          label={t('inspector.vip')}
          value={choice}
          options={[...choices, { value: NEW, label: t('inspector.newVip') }]}
          onChange={setChoice}
        />
        <Field label={t('inspector.port')} wrong={readPort ? null : t('inspector.wrongPort')}>
          {(control) => (
            <input
              {...control}
              className={`${control.className} mono text-right`}
              inputMode="numeric"
              value={port}
              onChange={(event) => setPort(event.target.value)}
            />
          )}
        </Field>
      </div>
      {asked && taken ? (
        <p role="alert" className="mt-2 text-small text-bad">
          {t('inspector.serviceTaken', { name: serviceTitle(topology, taken) })}
        </p>
      ) : null}
      {choice === NEW ? (
        <div className="mt-3 grid grid-cols-2 items-start gap-3">
          <Field label={t('inspector.address')} wrong={asked && !typed ? t('inspector.wrongAddress') : null}>
            {(control) => (
              <input
                {...control}
                className={`${control.className} mono`}
                autoComplete="off"
                value={address}
                onChange={(event) => setAddress(event.target.value)}
              />
            )}
          </Field>
          <SelectField
            label={t('inspector.heldBy')}
            value={directorId}
            options={directors.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setDirectorId}
          />
        </div>
      ) : null}
    </Dialog>
  );
}

/** VIPs there are, and addresses that directors have already: two-armed directors use their own. */
function vipChoices(topology: Topology) {
  const vips = topology.vips.map(({ id, address, directorId }) => ({
    value: address.text,
    label: address.text,
    vipId: id,
    address,
    directorId,
  }));
  const taken = new Set(vips.map(({ value }) => value));
  const own = topology.nodes
    .filter(({ kind }) => kind === 'director')
    .flatMap((director) =>
      director.interfaces.flatMap((device) =>
        device.addresses.map(({ cidr: { address } }) => ({
          value: address.text,
          label: `${address.text} (${director.name})`,
          vipId: undefined,
          address,
          directorId: director.id,
        })),
      ),
    );
  return [...vips, ...own.filter(({ value }) => !taken.has(value))];
}
