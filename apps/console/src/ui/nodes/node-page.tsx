'use client';
import type { Node } from '@signalbox/cluster';
import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { NodeView } from '../../api/contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useCluster } from '../cluster/cluster-context.ts';
import { useHostState } from '../cluster/host-state.ts';
import { useHost } from '../cluster/live-provider.tsx';
import { problemsWithin } from '../editor/problems-at.ts';
import { Button, buttonLook } from '../kit/button.tsx';
import { ClockText } from '../kit/clock-text.tsx';
import { LampWord } from '../kit/lamp.tsx';
import { Notice } from '../kit/notice.tsx';
import { Problems } from '../kit/problems.tsx';
import { useSaid } from '../kit/said.ts';
import { NothingHere } from '../shell/nothing-here.tsx';
import { AgentNotice } from './agent-notice.tsx';
import { DrawnCard } from './drawn-card.tsx';
import { HostStateCard } from './host-state-card.tsx';
import { useLastView } from './last-view.ts';
import { LiveCard } from './live-card.tsx';
import { PutBacksCard } from './put-backs-card.tsx';
import { RevokeButton } from './revoke-button.tsx';
import { SupportCard } from './support-card.tsx';

/** Asked again so often while the page is open: what is not live changes seldom. */
const LOOK_EVERY_MS = 15_000;

/** One machine: whether it can do IPVS, what is ours on it, what else was found. */
export function NodePage({ nodeId }: { nodeId: string }) {
  const t = useTranslations('nodes');
  const said = useSaid();
  const trpc = useTRPC();
  const { view, topology, mayEdit } = useCluster();
  const node = topology.nodes.find(({ id }) => id === nodeId);
  const saved = view.topology.nodes.some(({ id }) => id === nodeId);
  const { data, error, isFetching, refetch } = useQuery(
    trpc.nodes.get.queryOptions(
      { clusterId: view.id, nodeId },
      { refetchInterval: LOOK_EVERY_MS, enabled: saved },
    ),
  );
  const known = useLastView(view.id, nodeId, data?.kind === 'answers' ? data.node : null);
  if (!node) return <NothingHere />;
  const fresh = data?.kind === 'answers';
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[1240px] flex-col gap-4 px-5 pt-3.5 pb-8">
        <NodeHead node={node}>
          {mayEdit ? (
            <Link href={`/clusters/${view.id}?node=${nodeId}`} className={buttonLook({})}>
              {t('editOnBoard')}
            </Link>
          ) : null}
          {saved && node.agent ? <RevokeButton node={node} /> : null}
          {saved && node.agent ? (
            <Button disabled={isFetching} onClick={() => void refetch()}>
              <RefreshCw className="size-3.5" aria-hidden />
              {isFetching ? t('looking') : t('look')}
            </Button>
          ) : null}
        </NodeHead>
        <AgentNotice node={node} answer={data ?? null} saved={saved} />
        {error === null ? null : <Notice tone="bad" title={said(error)} />}
        <div className="grid grid-cols-2 items-start gap-4 max-[1000px]:grid-cols-1">
          <div className="flex flex-col gap-4">
            <DrawnCard node={node} />
            <LiveCard node={node} />
            {saved ? <PutBacksCard node={node} /> : null}
            {known === null ? null : <SupportCard support={known.support} stale={!fresh} />}
          </div>
          {known === null ? null : <Found view={known} stale={!fresh} />}
        </div>
      </div>
    </main>
  );
}

function NodeHead({ node, children }: { node: Node; children: ReactNode }) {
  const kinds = useTranslations('kind');
  const { problems } = useCluster();
  const { lamp, word } = useHostState()(node, useHost(node.id));
  const own = problemsWithin(problems, 'nodes', node.id);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="text-[18px] leading-tight font-[650] tracking-[-0.015em]">
          {node.name} <span className="font-normal text-ink-3">{kinds(node.kind)}</span>
        </h1>
        <LampWord state={lamp}>{word}</LampWord>
        <div className="ml-auto flex flex-wrap gap-2">{children}</div>
      </div>
      <Problems problems={own} />
    </>
  );
}

function Found({ view, stale }: { view: NodeView; stale: boolean }) {
  const t = useTranslations('nodes');
  return (
    <div className="flex flex-col gap-4">
      <HostStateCard title={t('owned')} empty={t('ownedNone')} state={view.owned} stale={stale} />
      <HostStateCard
        title={t('unmanaged')}
        hint={t('unmanagedHint')}
        empty={t('unmanagedNone')}
        state={view.unmanaged}
        stale={stale}
      />
      <p className="text-small text-ink-3">
        {t('lookedAt')} <ClockText iso={view.at} seconds />
      </p>
    </div>
  );
}
