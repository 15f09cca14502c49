import { PreflightPage } from '../../../../../ui/switch/preflight-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ switching }) => switching.title);

export default function Page() {
  return <PreflightPage />;
}
