import { NodesPage } from '../../../../../ui/nodes/nodes-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ nodes }) => nodes.title);

export default function Page() {
  return <NodesPage />;
}
