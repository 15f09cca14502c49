'use client';
import type { Node } from '@signalbox/cluster';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { order } from '../board/layout.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useRemove } from '../cluster/remove-provider.tsx';
import type { Edit } from '../editor/edit.ts';
import { freeName, newInterface, randomId } from '../editor/new-things.ts';
import { problemsAt } from '../editor/problems-at.ts';
import { Button } from '../kit/button.tsx';
import { ParsedField } from '../kit/parsed-field.tsx';
import { SelectField } from '../kit/select-field.tsx';
import { FormSection } from './form-section.tsx';
import { InterfaceForm } from './interface-form.tsx';
import { parseHost, parseName, parseOptionalAddress, parsePort } from './parse.ts';

/** Everything drawn of a node. Facts of the machine are told here, not written there. */
export function NodeForm({ node }: { node: Node }) {
  const t = useTranslations('inspector');
  const kinds = useTranslations('kind');
  const { topology, problems, edit } = useCluster();
  const remove = useRemove();
  const at = (field: string) => problemsAt(problems, 'nodes', node.id, field);
  const change = (change: Extract<Edit, { kind: 'changeNode' }>['change']) =>
    edit({ kind: 'changeNode', nodeId: node.id, change });
  const [firstNetwork] = topology.networks;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3">
        <ParsedField
          label={t('name')}
          value={node.name}
          format={(name) => name}
          parse={parseName}
          wrong={t('wrongName')}
          onChange={(name) => change({ name })}
          problems={at('name')}
        />
        <SelectField
          label={t('kind')}
          value={node.kind}
          options={order.map((kind) => ({ value: kind, label: kinds(kind) }))}
          onChange={(kind) => change({ kind })}
          problems={at('kind')}
        />
      </div>
      <FormSection title={t('interfaces')}>
        {node.interfaces.map((device) => (
          <InterfaceForm key={device.id} node={node} device={device} />
        ))}
        <Button
          size="small"
          className="self-start"
          disabled={firstNetwork === undefined}
          onClick={() => {
            if (!firstNetwork) return;
            const names = node.interfaces.map(({ name }) => name);
            const name = names.includes('eth0') ? freeName('eth', names, true) : 'eth0';
            const device = newInterface(name, firstNetwork.id, randomId);
            edit({ kind: 'addInterface', nodeId: node.id, interface: device });
          }}
        >
          <Plus className="size-3.5" aria-hidden />
          {t('addInterface')}
        </Button>
      </FormSection>
      <ParsedField
        label={t('gateway')}
        hint={t('gatewayHint')}
        mono
        value={node.gateway}
        format={(gateway) => gateway?.text ?? ''}
        parse={parseOptionalAddress}
        wrong={t('wrongAddress')}
        onChange={(gateway) => change({ gateway })}
        problems={at('gateway')}
      />
      <AgentFields node={node} onChange={(agent) => change({ agent })} />
      <Button
        look="danger"
        className="self-start"
        onClick={() => remove({ kind: 'node', id: node.id }, node.name)}
      >
        <Trash2 className="size-3.5" aria-hidden />
        {t('removeNode', { name: node.name })}
      </Button>
    </div>
  );
}

/** The port an agent listens on unless told otherwise. */
const AGENT_PORT = 7420;

function AgentFields({ node, onChange }: { node: Node; onChange: (agent: Node['agent']) => void }) {
  const t = useTranslations('inspector');
  const { problems } = useCluster();
  const { agent } = node;
  return (
    <div className="grid grid-cols-[1fr_84px] items-start gap-3">
      <ParsedField
        label={t('agentHost')}
        hint={t('agentHostHint')}
        mono
        value={agent?.host ?? ''}
        format={(host) => host}
        parse={parseHost}
        wrong={t('wrongAddress')}
        onChange={(host) => onChange(host === '' ? null : { host, port: agent?.port ?? AGENT_PORT })}
        problems={problemsAt(problems, 'nodes', node.id, 'agent')}
      />
      <ParsedField
        label={t('agentPort')}
        mono
        numeric
        disabled={agent === null}
        value={agent?.port ?? AGENT_PORT}
        format={String}
        parse={parsePort}
        wrong={t('wrongPort')}
        onChange={(port) => onChange(agent && { ...agent, port })}
      />
    </div>
  );
}
