import { ReviewPage } from '../../../../../ui/review/review-page.tsx';
import { pageTitle } from '../../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ review }) => review.title);

export default function Page() {
  return <ReviewPage />;
}
