'use client';
import type { Problem } from '@signalbox/cluster';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useRemove } from '../cluster/remove-provider.tsx';
import type { Selection } from '../cluster/selection.ts';
import { problemsAt, problemsWithin } from '../editor/problems-at.ts';
import { Button } from '../kit/button.tsx';
import { ParsedField } from '../kit/parsed-field.tsx';
import { Problems } from '../kit/problems.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { SectionTitle } from './facts.tsx';
import { FormSection } from './form-section.tsx';
import { formatCidrs, parseAddress, parseCidrs, parseName } from './parse.ts';

interface ClusterPanelProps {
  readonly onSelect: (selection: Selection) => void;
  readonly onAdd: (what: 'network' | 'service') => void;
}

/** The cluster itself while nothing is selected: what is wrong, its networks, its VIPs. */
export function ClusterPanel({ onSelect, onAdd }: ClusterPanelProps) {
  const t = useTranslations('inspector');
  const { topology, problems, mayEdit, edit } = useCluster();
  return (
    <>
      <h2 className="text-head font-[650]">{t('cluster')}</h2>
      <p className="mt-1 text-ink-3">{t('nothing')}</p>
      <SectionTitle>{t('problems')}</SectionTitle>
      {problems.length === 0 ? (
        <p className="text-ink-2">{t('noProblems')}</p>
      ) : (
        <ProblemsByThing problems={problems} onSelect={onSelect} />
      )}
      {mayEdit ? (
        <div className="mt-5 flex flex-col gap-5">
          <ParsedField
            label={t('name')}
            value={topology.name}
            format={(name) => name}
            parse={parseName}
            wrong={t('wrongName')}
            onChange={(name) => edit({ kind: 'renameCluster', name })}
          />
          <Networks onAdd={() => onAdd('network')} />
          <Vips />
        </div>
      ) : null}
    </>
  );
}

/** Each problem leads to where it is solved. */
function ProblemsByThing({
  problems,
  onSelect,
}: {
  problems: readonly Problem[];
  onSelect: ClusterPanelProps['onSelect'];
}) {
  const t = useTranslations('services');
  const { topology } = useCluster();
  const groups = Map.groupBy(problems, ({ path }) => path.slice(0, 2).join('/'));
  return (
    <ul className="flex flex-col gap-2">
      {[...groups].slice(0, 30).map(([key, own]) => {
        const [list, id = ''] = own[0]?.path ?? [];
        const kind = list === 'nodes' ? 'node' : list === 'services' ? 'service' : null;
        const name = topology.nodes.find((node) => node.id === id)?.name ?? '';
        return (
          <li key={key} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <Problems problems={own} />
            </div>
            {kind === null ? null : (
              <Button
                size="small"
                aria-label={t('details', { name: name || id })}
                onClick={() => onSelect({ kind, id })}
              >
                →
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Networks({ onAdd }: { onAdd: () => void }) {
  const t = useTranslations('inspector');
  const { topology, problems, edit } = useCluster();
  const remove = useRemove();
  return (
    <FormSection title={t('networks')}>
      {topology.networks.map((network) => (
        <div key={network.id} className="grid grid-cols-[96px_1fr_28px] items-start gap-2">
          <ParsedField
            label={t('name')}
            labelHidden
            value={network.name}
            format={(name) => name}
            parse={parseName}
            wrong={t('wrongName')}
            onChange={(name) => edit({ kind: 'changeNetwork', networkId: network.id, change: { name } })}
            problems={problemsAt(problems, 'networks', network.id, 'name')}
            listed={false}
          />
          <ParsedField
            label={t('cidrs')}
            labelHidden
            mono
            value={network.cidrs}
            format={formatCidrs}
            parse={parseCidrs}
            wrong={t('wrongCidrs')}
            onChange={(cidrs) => edit({ kind: 'changeNetwork', networkId: network.id, change: { cidrs } })}
            problems={problemsAt(problems, 'networks', network.id, 'cidrs')}
            listed={false}
          />
          <Button
            look="quiet"
            size="icon"
            className="mt-0.5"
            aria-label={t('removeNetwork', { name: network.name })}
            onClick={() => remove({ kind: 'network', id: network.id }, network.name)}
          >
            <X className="size-3.5" aria-hidden />
          </Button>
          <div className="col-span-3 empty:hidden">
            <Problems problems={problemsWithin(problems, 'networks', network.id)} />
          </div>
        </div>
      ))}
      <Button size="small" className="self-start" onClick={onAdd}>
        <Plus className="size-3.5" aria-hidden />
        {t('addNetwork')}
      </Button>
    </FormSection>
  );
}

function Vips() {
  const t = useTranslations('inspector');
  const { topology, problems, edit } = useCluster();
  const remove = useRemove();
  const directors = topology.nodes.filter(({ kind }) => kind === 'director');
  if (topology.vips.length === 0) return null;
  return (
    <FormSection title={t('vips')}>
      {topology.vips.map((vip) => (
        <div key={vip.id} className="grid grid-cols-[1fr_1fr_28px] items-start gap-2">
          <ParsedField
            label={t('address')}
            labelHidden
            mono
            value={vip.address}
            format={({ text }) => text}
            parse={parseAddress}
            wrong={t('wrongAddress')}
            onChange={(address) => edit({ kind: 'changeVip', vipId: vip.id, change: { address } })}
            problems={problemsAt(problems, 'vips', vip.id, 'address')}
            listed={false}
          />
          <SelectField
            label={t('heldBy')}
            labelHidden
            value={vip.directorId}
            options={directors.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(directorId) => edit({ kind: 'changeVip', vipId: vip.id, change: { directorId } })}
            problems={problemsAt(problems, 'vips', vip.id, 'directorId')}
            listed={false}
          />
          <Button
            look="quiet"
            size="icon"
            className="mt-0.5"
            aria-label={t('removeVip', { address: vip.address.text })}
            onClick={() => remove({ kind: 'vip', id: vip.id }, vip.address.text)}
          >
            <X className="size-3.5" aria-hidden />
          </Button>
          <div className="col-span-3 empty:hidden">
            <Problems problems={problemsWithin(problems, 'vips', vip.id)} />
          </div>
        </div>
      ))}
    </FormSection>
  );
}
