import { ProbePage } from '../../../../../ui/probe/probe-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ probe }) => probe.title);

export default function Page() {
  return <ProbePage />;
}
