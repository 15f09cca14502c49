'use client';
import type { Node, VirtualService } from '@signalbox/cluster';
import { X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { useCluster } from '../cluster/cluster-context.ts';
import { useHostState } from '../cluster/host-state.ts';
import { useHost } from '../cluster/live-provider.tsx';
import type { Selection } from '../cluster/selection.ts';
import { serviceTitle } from '../figures/readings.ts';
import { Button } from '../kit/button.tsx';
import { Lamp } from '../kit/lamp.tsx';
import { ClusterPanel } from './cluster-panel.tsx';
import { DraftCard } from './draft-card.tsx';
import { firstTab, type TabName } from './first-tab.ts';
import { NodeForm } from './node-form.tsx';
import { NodeLive } from './node-live.tsx';
import { ServiceForm } from './service-form.tsx';
import { ServiceLive } from './service-live.tsx';

interface InspectorProps {
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onAdd: (what: 'network' | 'service') => void;
}

/** What is selected: live, and to be edited. The draft stands under it. */
export function Inspector({ selection, onSelect, onAdd }: InspectorProps) {
  const t = useTranslations('inspector');
  const { topology } = useCluster();
  const node = selection.kind === 'node' ? topology.nodes.find(({ id }) => id === selection.id) : undefined;
  const service =
    selection.kind === 'service' ? topology.services.find(({ id }) => id === selection.id) : undefined;
  const panel = useRef<HTMLElement>(null);
  const close = () => {
    onSelect({ kind: 'cluster' });
    // The button that was pressed goes with the details.
    panel.current?.focus();
  };
  return (
    <aside
      ref={panel}
      id="inspector"
      tabIndex={-1}
      aria-label={t('label')}
      className="flex min-h-0 flex-col border-t border-line bg-panel -outline-offset-2"
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-[18px] py-4">
        {node ? (
          <NodePanel key={node.id} node={node} onSelect={onSelect} onClose={close} />
        ) : service ? (
          <ServicePanel key={service.id} service={service} onSelect={onSelect} onClose={close} />
        ) : (
          <ClusterPanel onSelect={onSelect} onAdd={onAdd} />
        )}
      </div>
      <DraftCard />
    </aside>
  );
}

interface DetailsProps {
  readonly onSelect: InspectorProps['onSelect'];
  readonly onClose: () => void;
}

function NodePanel({ node, onSelect, onClose }: DetailsProps & { readonly node: Node }) {
  const kinds = useTranslations('kind');
  const { view, mayEdit } = useCluster();
  const { lamp } = useHostState()(node, useHost(node.id));
  return (
    <Panel
      title={
        <>
          <Lamp state={lamp} />
          <span className="truncate">{node.name}</span>
          <span className="font-normal text-ink-3">{kinds(node.kind)}</span>
        </>
      }
      onClose={onClose}
      first={mayEdit ? firstTab(node, view.applied?.topology ?? null) : 'live'}
      live={<NodeLive node={node} onSelect={onSelect} />}
      form={<NodeForm node={node} />}
    />
  );
}

function ServicePanel({ service, onSelect, onClose }: DetailsProps & { readonly service: VirtualService }) {
  const { topology } = useCluster();
  return (
    <Panel
      title={<span className="truncate">{serviceTitle(topology, service)}</span>}
      onClose={onClose}
      first="live"
      live={<ServiceLive service={service} onSelect={onSelect} />}
      form={<ServiceForm service={service} />}
    />
  );
}

interface PanelProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly first: TabName;
  readonly live: ReactNode;
  readonly form: ReactNode;
}

function Panel({ title, onClose, first, live, form }: PanelProps) {
  const t = useTranslations('inspector');
  const { mayEdit } = useCluster();
  return (
    <Tabs.Root defaultValue={first}>
      <div className="flex items-center gap-2">
        <h2 className="flex min-w-0 items-center gap-2 text-head font-[650]">{title}</h2>
        <Button
          look="quiet"
          size="icon"
          className="-mr-1.5 ml-auto"
          aria-label={t('closeDetails')}
          onClick={onClose}
        >
          <X className="size-4" aria-hidden />
        </Button>
      </div>
      {mayEdit ? (
        <Tabs.List className="mt-2 flex gap-4 border-b border-line" aria-label={t('label')}>
          <Tab value="live">{t('overview')}</Tab>
          <Tab value="edit">{t('edit')}</Tab>
        </Tabs.List>
      ) : null}
      <Tabs.Content value="live" className="pt-3">
        {live}
      </Tabs.Content>
      <Tabs.Content value="edit" className="pt-4">
        {form}
      </Tabs.Content>
    </Tabs.Root>
  );
}

function Tab({ value, children }: { value: TabName; children: string }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px border-b-2 border-transparent px-0.5 pb-1.5 font-medium text-ink-2 data-[state=active]:border-ink data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  );
}
