// The console's API for pages that fetch before they render: the same router in the same process, without a socket.
import { createTRPCClient, httpLink, isTRPCClientError } from '@trpc/client';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { ConsoleRouter } from '../api/root.ts';
import { runningConsole } from '../server/running-console.ts';

/** Asks as whoever sent the page's request. */
export async function pageClient() {
  const cookie = (await headers()).get('cookie') ?? '';
  return createTRPCClient<ConsoleRouter>({
    links: [
      httpLink({
        url: 'http://localhost/api/trpc',
        headers: { cookie },
        fetch: (input, init) =>
          runningConsole().trpc(new Request(input, { method: init?.method ?? 'GET', headers: { cookie } })),
      }),
    ],
  });
}

/** The answer, or the page that belongs to the refusal: sign-in, or "not found". */
export async function orPage<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isTRPCClientError<ConsoleRouter>(error)) {
      if (error.data?.code === 'UNAUTHORIZED') redirect('/sign-in');
      if (error.data?.code === 'NOT_FOUND' || error.data?.code === 'BAD_REQUEST') notFound();
    }
    throw error;
  }
}
