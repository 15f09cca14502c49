import { notFound } from 'next/navigation';
import { orPage, pageClient } from '../../../../../../trpc/server.ts';
import { RolloutPage } from '../../../../../../ui/changes/rollout-page.tsx';
import { pageTitle } from '../../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ changes }) => changes.title);

interface PageProps {
  readonly params: Promise<{ readonly clusterId: string; readonly rolloutId: string }>;
}

export default async function Page({ params }: PageProps) {
  const { clusterId, rolloutId } = await params;
  const client = await pageClient();
  const rollout = await orPage(client.rollouts.get.query({ rolloutId }));
  if (rollout.clusterId !== clusterId) notFound();
  return <RolloutPage key={rolloutId} rollout={rollout} />;
}
