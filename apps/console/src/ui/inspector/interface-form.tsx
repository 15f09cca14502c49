'use client';
import type { Interface, InterfaceAddress, Node } from '@signalbox/cluster';
import { formatCidr } from '@signalbox/cluster';
import { Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Edit } from '../editor/edit.ts';
import { problemsAt } from '../editor/problems-at.ts';
import { Button } from '../kit/button.tsx';
import { Field } from '../kit/field.tsx';
import { ParsedField } from '../kit/parsed-field.tsx';
import { Problems } from '../kit/problems.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { parseCidrText, parseInterfaceName } from './parse.ts';

interface InterfaceFormProps {
  readonly node: Node;
  readonly device: Interface;
}

/** An interface: its name on the machine, its network, its addresses. */
export function InterfaceForm({ node, device }: InterfaceFormProps) {
  const t = useTranslations('inspector');
  const { topology, problems, edit } = useCluster();
  const path = ['nodes', node.id, 'interfaces', device.id];
  const change = (change: Extract<Edit, { kind: 'changeInterface' }>['change']) =>
    edit({ kind: 'changeInterface', nodeId: node.id, interfaceId: device.id, change });
  const setAddress = (index: number, address: InterfaceAddress | null) =>
    change({
      addresses: device.addresses.flatMap((one, i) => (i === index ? (address ?? []) : one)),
    });
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-line p-2.5">
      <div className="grid grid-cols-[88px_1fr_28px] items-start gap-2">
        <ParsedField
          label={t('interfaceName')}
          labelHidden
          mono
          value={device.name}
          format={(name) => name}
          parse={parseInterfaceName}
          wrong={t('wrongInterface')}
          onChange={(name) => change({ name })}
          problems={problemsAt(problems, ...path, 'name')}
        />
        <SelectField
          label={t('network')}
          labelHidden
          value={device.networkId}
          options={topology.networks.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(networkId) => change({ networkId })}
          problems={problemsAt(problems, ...path, 'networkId')}
        />
        <Button
          look="quiet"
          size="icon"
          className="mt-0.5"
          aria-label={t('removeInterface', { name: device.name })}
          onClick={() => edit({ kind: 'removeInterface', nodeId: node.id, interfaceId: device.id })}
        >
          <Trash2 className="size-3.5" aria-hidden />
        </Button>
      </div>
      {device.addresses.map((address, index) => (
        <AddressFields
          // An address has no id; its place in the list is what stays while it is typed.
          // oxlint-disable-next-line react/no-array-index-key
          key={index}
          address={address}
          problems={problemsAt(problems, ...path, 'addresses', formatCidr(address.cidr))}
          onChange={(next) => setAddress(index, next)}
        />
      ))}
      <NewAddress onAdd={(address) => change({ addresses: [...device.addresses, address] })} />
    </div>
  );
}

interface AddressFieldsProps {
  readonly address: InterfaceAddress;
  readonly problems: ReturnType<typeof problemsAt>;
  readonly onChange: (address: InterfaceAddress | null) => void;
}

function AddressFields({ address, problems, onChange }: AddressFieldsProps) {
  const t = useTranslations('inspector');
  const text = formatCidr(address.cidr);
  return (
    <div className="grid grid-cols-[1fr_94px_28px] items-start gap-2">
      <ParsedField
        label={t('address')}
        labelHidden
        mono
        value={address.cidr}
        format={formatCidr}
        parse={parseCidrText}
        wrong={t('wrongCidr')}
        onChange={(cidr) => onChange({ ...address, cidr })}
        problems={problems}
        listed={false}
      />
      <SelectField
        label={t('origin')}
        labelHidden
        value={address.origin}
        options={[
          { value: 'host', label: t('originHost') },
          { value: 'signalbox', label: t('originSignalbox') },
        ]}
        onChange={(origin) => onChange({ ...address, origin })}
      />
      <Button
        look="quiet"
        size="icon"
        className="mt-0.5"
        aria-label={t('removeAddress', { address: text })}
        onClick={() => onChange(null)}
      >
        <X className="size-3.5" aria-hidden />
      </Button>
      <div className="col-span-3 empty:hidden">
        <Problems problems={problems} />
      </div>
    </div>
  );
}

/** An address is added when it can be read: half an address is not in the drawing. */
function NewAddress({ onAdd }: { onAdd: (address: InterfaceAddress) => void }) {
  const t = useTranslations('inspector');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const parsed = parseCidrText(text);
  return (
    <form
      className="grid grid-cols-[1fr_auto] items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(parsed === null);
        if (parsed === null) return;
        onAdd({ cidr: parsed.value, origin: 'host' });
        setText('');
      }}
    >
      <Field
        label={t('addAddress')}
        labelHidden
        wrong={asked && parsed === null && text !== '' ? t('wrongCidr') : null}
      >
        {(control) => (
          <input
            {...control}
            className={`${control.className} mono`}
            placeholder={t('addressHint')}
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="text-small" disabled={text.trim() === ''}>
        {t('addAddress')}
      </Button>
    </form>
  );
}
