// The address that the request being answered came from, for the record: what an operator does passes through many hands
// that have no other use for it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { clientAddressHeader } from '../http/client-address.ts';

const origin = new AsyncLocalStorage<string>();

/** Null outside a request. Our own server puts the address into the header, over whatever the client sent. */
export const requestOrigin = (): string | null => origin.getStore() ?? null;

export const withOrigin = <T>({ headers }: Pick<Request, 'headers'>, answer: () => T): T =>
  origin.run(headers.get(clientAddressHeader) ?? 'an unknown address', answer);
