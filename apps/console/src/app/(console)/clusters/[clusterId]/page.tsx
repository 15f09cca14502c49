import { BoardPage } from '../../../../ui/board/board-page.tsx';
import { pageTitle } from '../../../page-title.ts';

export const generateMetadata = () => pageTitle(({ board }) => board.title);

export default function Page() {
  return <BoardPage />;
}
