import { redirect } from 'next/navigation';
import { orPage, pageClient } from '../../trpc/server.ts';

/** With one cluster, its board; otherwise the list. */
export default async function HomePage() {
  const client = await pageClient();
  const [first, second] = await orPage(client.clusters.list.query());
  redirect(first && !second ? `/clusters/${first.id}` : '/clusters');
}
