'use client';
// The browser's side of the console's API.
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  isTRPCClientError,
  splitLink,
} from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { ConsoleRouter } from '../api/root.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<ConsoleRouter>();

export type ConsoleClient = ReturnType<typeof browserClient>;

const url = '/api/trpc';

/** Questions and changes in batches; subscriptions as server-sent events. */
export const browserClient = () =>
  createTRPCClient<ConsoleRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ url }),
      }),
    ],
  });

/** Whether the console refused because nobody is signed in any more. */
export const isSignedOut = (error: unknown): boolean =>
  isTRPCClientError<ConsoleRouter>(error) && error.data?.code === 'UNAUTHORIZED';

/** The sentence of a refused or failed request: the console's own, or the browser's when there was no answer. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
