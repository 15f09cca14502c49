import { TRPCClientError } from '@trpc/client';

/** What the console hears of a refusal: the message, and the data that the router put beside it. */
export async function refusal(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof TRPCClientError)) throw new Error('it was not refused', { cause: error });
  return { message: error.message, ...error.data };
}
