import type { ReactNode } from 'react';
import { orPage, pageClient } from '../../../../trpc/server.ts';
import { ClusterFrame } from '../../../../ui/cluster/cluster-frame.tsx';

interface ClusterLayoutProps {
  readonly children: ReactNode;
  readonly params: Promise<{ readonly clusterId: string }>;
}

/** What all pages of one cluster share: the draft, the live stream, the navigation. It stays while one walks between them. */
export default async function ClusterLayout({ children, params }: ClusterLayoutProps) {
  const { clusterId } = await params;
  const client = await pageClient();
  const [view, clusters] = await Promise.all([
    orPage(client.clusters.get.query({ clusterId })),
    orPage(client.clusters.list.query()),
  ]);
  return (
    <ClusterFrame key={clusterId} view={view} clusters={clusters}>
      {children}
    </ClusterFrame>
  );
}
