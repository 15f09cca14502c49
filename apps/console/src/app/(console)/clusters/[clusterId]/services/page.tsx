import { ServicesPage } from '../../../../../ui/services/services-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ services }) => services.title);

export default function Page() {
  return <ServicesPage />;
}
