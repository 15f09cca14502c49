import { orPage, pageClient } from '../../../../../trpc/server.ts';
import { ChangesPage } from '../../../../../ui/changes/changes-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ changes }) => changes.title);

export default async function Page({ params }: { params: Promise<{ clusterId: string }> }) {
  const { clusterId } = await params;
  const client = await pageClient();
  const rollouts = await orPage(client.rollouts.list.query({ clusterId }));
  return <ChangesPage rollouts={rollouts} />;
}
