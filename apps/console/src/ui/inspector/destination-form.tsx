'use client';
import type { Destination, VirtualService } from '@signalbox/cluster';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import type { Edit } from '../editor/edit.ts';
import { addressOf, newDestination, randomId } from '../editor/new-things.ts';
import { problemsBeside, problemsWithin } from '../editor/problems-at.ts';
import { endpointOf, serviceTitle } from '../figures/readings.ts';
import { Button } from '../kit/button.tsx';
import { Menu, MenuItem } from '../kit/menu.tsx';
import { ParsedField } from '../kit/parsed-field.tsx';
import { Problems } from '../kit/problems.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { OwnMethodField } from './method-field.tsx';
import { parsePort, parseThreshold, parseWeight } from './parse.ts';

/** The destinations of a service; their own way and thresholds are folded away until they are used. */
export function DestinationForms({ service }: { service: VirtualService }) {
  return (
    <>
      {service.destinations.map((destination) => (
        <DestinationForm key={destination.id} service={service} destination={destination} />
      ))}
      <AddDestination service={service} />
    </>
  );
}

interface DestinationFormProps {
  readonly service: VirtualService;
  readonly destination: Destination;
}

function DestinationForm({ service, destination }: DestinationFormProps) {
  const t = useTranslations('inspector');
  const { topology, problems, edit } = useCluster();
  const path = ['services', service.id, 'destinations', destination.id];
  const node = topology.nodes.find(({ id }) => id === destination.nodeId);
  const name = node?.name ?? endpointOf(destination);
  const change = (change: Extract<Edit, { kind: 'changeDestination' }>['change']) =>
    edit({ kind: 'changeDestination', serviceId: service.id, destinationId: destination.id, change });
  const addresses =
    node?.interfaces.flatMap((device) => device.addresses.map(({ cidr }) => cidr.address)) ?? [];
  const usesMore =
    destination.upperThreshold > 0 || destination.lowerThreshold > 0 || destination.method !== null;
  const [used, setUsed] = useState(usesMore);
  const [unfolded, setUnfolded] = useState(usesMore);
  // Opened when it comes into use, by an undo too; who empties a field is still at work in it.
  if (usesMore !== used) {
    setUsed(usesMore);
    if (usesMore) setUnfolded(true);
  }
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-2 rounded-lg border border-line p-2.5">
      <div className="flex items-center">
        <span className="font-semibold">{name}</span>
        <Button
          look="quiet"
          size="icon"
          className="-mr-1 ml-auto"
          aria-label={t('removeDestination', { name, service: serviceTitle(topology, service) })}
          onClick={() =>
            edit({ kind: 'removeDestination', serviceId: service.id, destinationId: destination.id })
          }
        >
          <X className="size-3.5" aria-hidden />
        </Button>
      </div>
      <div className="grid grid-cols-[1fr_70px_64px] items-start gap-2">
        <SelectField
          label={t('address')}
          value={destination.address.text}
          options={addresses.map(({ text }) => ({ value: text, label: text }))}
          onChange={(text) => {
            const address = addresses.find((one) => one.text === text);
            if (address) change({ address });
          }}
          problems={problemsWithin(problems, ...path, 'address')}
          listed={false}
        />
        <ParsedField
          label={t('port')}
          mono
          numeric
          value={destination.port}
          format={String}
          parse={parsePort}
          wrong={t('wrongPort')}
          onChange={(port) => change({ port })}
          problems={problemsWithin(problems, ...path, 'port')}
          listed={false}
        />
        <ParsedField
          label={t('weight')}
          mono
          numeric
          value={destination.weight}
          format={String}
          parse={parseWeight}
          wrong={t('wrongWeight')}
          onChange={(weight) => change({ weight })}
          problems={problemsWithin(problems, ...path, 'weight')}
          listed={false}
        />
      </div>
      <Problems problems={problemsBeside(problems, path, shownBeside)} />
      <details
        open={unfolded}
        onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}
        className="text-small"
      >
        <summary className="text-ink-3">{t('more')}</summary>
        <div className="mt-2">
          <OwnMethodField
            value={destination.method}
            ofService={service.method}
            onChange={(method) => change({ method })}
            problems={problemsWithin(problems, ...path, 'method')}
          />
        </div>
        <Thresholds destination={destination} path={path} onChange={change} />
      </details>
    </div>
  );
}

/** Fields that say their own problems. */
const shownBeside = ['method', 'upperThreshold', 'lowerThreshold'];

interface ThresholdsProps {
  readonly destination: Destination;
  readonly path: readonly string[];
  readonly onChange: (change: Partial<Pick<Destination, 'upperThreshold' | 'lowerThreshold'>>) => void;
}

function Thresholds({ destination, path, onChange }: ThresholdsProps) {
  const t = useTranslations('inspector');
  const { problems } = useCluster();
  return (
    <div className="mt-2 grid grid-cols-2 items-start gap-2">
      {(['lowerThreshold', 'upperThreshold'] as const).map((field) => (
        <ParsedField
          key={field}
          label={t(field === 'lowerThreshold' ? 'lower' : 'upper')}
          mono
          numeric
          value={destination[field]}
          format={String}
          parse={parseThreshold}
          wrong={t('wrongNumber')}
          onChange={(value) => onChange({ [field]: value })}
          problems={problemsWithin(problems, ...path, field)}
        />
      ))}
    </div>
  );
}

/** Real servers that have an address and are not in the service yet. */
function AddDestination({ service }: { service: VirtualService }) {
  const t = useTranslations('inspector');
  const { topology, edit } = useCluster();
  const used = new Set(service.destinations.map(({ nodeId }) => nodeId));
  const free = topology.nodes.filter(
    (node) => node.kind === 'realServer' && !used.has(node.id) && addressOf(node) !== null,
  );
  if (free.length === 0) return <p className="text-small text-ink-3">{t('noFreeServer')}</p>;
  return (
    <Menu
      trigger={
        <Button size="small" className="self-start">
          <Plus className="size-3.5" aria-hidden />
          {t('addDestination')}
        </Button>
      }
    >
      {free.map((node) => (
        <MenuItem
          key={node.id}
          onSelect={() => {
            const destination = newDestination(node, service.at.port, randomId);
            if (destination) edit({ kind: 'addDestination', serviceId: service.id, destination });
          }}
        >
          {node.name} <span className="mono text-ink-3">{addressOf(node)?.text}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
