import { NodePage } from '../../../../../../ui/nodes/node-page.tsx';
import { pageTitle } from '../../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ nodes }) => nodes.name);

export default async function Page({ params }: { params: Promise<{ nodeId: string }> }) {
  const { nodeId } = await params;
  return <NodePage key={nodeId} nodeId={nodeId} />;
}
