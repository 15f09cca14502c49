import { notFound } from 'next/navigation';
import { orPage, pageClient } from '../../../../../../trpc/server.ts';
import { SwitchPage } from '../../../../../../ui/switch/switch-page.tsx';
import { pageTitle } from '../../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ switching }) => switching.title);

interface PageProps {
  readonly params: Promise<{ readonly clusterId: string; readonly switchId: string }>;
}

export default async function Page({ params }: PageProps) {
  const { clusterId, switchId } = await params;
  const client = await pageClient();
  const view = await orPage(client.switches.get.query({ switchId }));
  if (view.clusterId !== clusterId) notFound();
  return <SwitchPage key={switchId} initial={view} />;
}
