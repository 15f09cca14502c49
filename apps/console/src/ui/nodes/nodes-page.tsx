'use client';
import type { Node } from '@signalbox/cluster';
import { formatCidr } from '@signalbox/cluster';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useAgeText, useFreshness } from '../cluster/ages.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useHostState } from '../cluster/host-state.ts';
import { useHost } from '../cluster/live-provider.tsx';
import { StateLine } from '../cluster/state-line.tsx';
import { problemsWithin } from '../editor/problems-at.ts';
import { formatBits } from '../figures/format.ts';
import { buttonLook } from '../kit/button.tsx';
import { cn } from '../kit/class-names.ts';
import { Empty } from '../kit/empty.tsx';
import { LampWord } from '../kit/lamp.tsx';
import { Cell, HeadCell, RowHead, Table } from '../kit/table.tsx';
import { Tag } from '../kit/tag.tsx';

export function NodesPage() {
  const t = useTranslations('nodes');
  const { view, topology } = useCluster();
  return (
    <main id="content" className="flex min-h-0 flex-1 flex-col">
      <div className="px-5 pt-3.5 pb-3">
        <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">{t('title')}</h1>
        <StateLine />
      </div>
      <div className="min-h-0 flex-1 overflow-auto border-t border-line bg-panel">
        {topology.nodes.length === 0 ? (
          <Empty
            title={t('empty')}
            actions={
              <Link href={`/clusters/${view.id}`} className={buttonLook({})}>
                {t('toBoard')}
              </Link>
            }
          >
            {t('emptyText')}
          </Empty>
        ) : (
          <Table aria-label={t('table')}>
            <thead className="sticky top-0 bg-panel">
              <tr>
                <HeadCell words>{t('name')}</HeadCell>
                <HeadCell words>{t('kind')}</HeadCell>
                <HeadCell words>{t('state')}</HeadCell>
                <HeadCell words>{t('addresses')}</HeadCell>
                <HeadCell words>{t('gateway')}</HeadCell>
                <HeadCell words>{t('agent')}</HeadCell>
                <HeadCell>{t('roundTrip')}</HeadCell>
                <HeadCell>{t('in')}</HeadCell>
                <HeadCell>{t('out')}</HeadCell>
                <HeadCell>{t('sample')}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {topology.nodes.map((node) => (
                <NodeRow key={node.id} node={node} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </main>
  );
}

function NodeRow({ node }: { node: Node }) {
  const t = useTranslations();
  const age = useAgeText();
  const { view, problems } = useCluster();
  const host = useHost(node.id);
  const { lamp, word } = useHostState()(node, host);
  const freshness = useFreshness(host);
  const addresses = node.interfaces.flatMap((device) => device.addresses.map(({ cidr }) => formatCidr(cidr)));
  const rates = [...(host?.linkRates ?? [])].filter(([name]) => name !== 'lo').map(([, rate]) => rate);
  const sum = (of: 'inBytes' | 'outBytes') =>
    rates.length === 0 ? '–' : formatBits(rates.reduce((total, rate) => total + rate[of], 0));
  const grey = freshness.kind === 'stale' ? 'text-ink-3' : '';
  const own = problemsWithin(problems, 'nodes', node.id);
  return (
    <tr className="h-[38px] hover:bg-bg/70">
      <RowHead>
        <Link
          href={`/clusters/${view.id}/nodes/${node.id}`}
          title={node.name}
          className="inline-block max-w-56 truncate align-bottom font-semibold hover:underline max-[720px]:max-w-36"
        >
          {node.name}
        </Link>{' '}
        {own.length === 0 ? null : (
          <Tag tone={own.some(({ severity }) => severity === 'error') ? 'bad' : 'warn'}>
            {t('board.problems', { count: own.length })}
          </Tag>
        )}
      </RowHead>
      <Cell words>{t(`kind.${node.kind}`)}</Cell>
      <Cell words>
        <LampWord state={lamp}>{word}</LampWord>
      </Cell>
      <Cell words className="mono">
        {addresses.slice(0, 3).join('  ')}
        {addresses.length > 3 ? ` +${addresses.length - 3}` : ''}
      </Cell>
      <Cell words className="mono">
        {node.gateway?.text ?? '–'}
      </Cell>
      <Cell words className="mono">
        {node.agent ? `${node.agent.host}:${node.agent.port}` : '–'}
      </Cell>
      <Cell>{host?.agent.kind === 'answers' ? `${host.agent.roundTripMs} ms` : '–'}</Cell>
      <Cell className={cn('min-w-[92px]', grey)}>{sum('inBytes')}</Cell>
      <Cell className={cn('min-w-[92px]', grey)}>{sum('outBytes')}</Cell>
      <Cell className={cn('min-w-[72px]', grey)}>
        {freshness.kind === 'never' ? '–' : age(freshness.ageMs)}
      </Cell>
    </tr>
  );
}
