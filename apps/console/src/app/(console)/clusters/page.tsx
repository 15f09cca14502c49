import { orPage, pageClient } from '../../../trpc/server.ts';
import { ClusterList } from '../../../ui/clusters/cluster-list.tsx';
import { TopBar } from '../../../ui/shell/top-bar.tsx';
import { pageTitle } from '../../page-title.ts';

export const generateMetadata = () => pageTitle(({ clusters }) => clusters.title);

export default async function ClustersPage() {
  const client = await pageClient();
  const clusters = await orPage(client.clusters.list.query());
  return (
    <>
      <TopBar />
      <ClusterList clusters={clusters} />
    </>
  );
}
