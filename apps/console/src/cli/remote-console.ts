// A running console as the command line talks to it: the same API as the browser's, signed in with e-mail and password.
import { setTimeout as delay } from 'node:timers/promises';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import type { ConsoleRouter } from '../api/root.ts';

export interface SignIn {
  /** e.g. http://127.0.0.1:8420 */
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

/** The console could not be reached, or would not let us in. */
export class NoConsole extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'NoConsole';
  }
}

const REQUEST_MS = 60_000;
/** Sign-ins are limited per minute; a script that runs many commands waits for its turn. */
const SIGN_IN_ATTEMPTS = 5;

/** @throws NoConsole */
export async function remoteConsole(signIn: SignIn): Promise<TRPCClient<ConsoleRouter>> {
  const origin = new URL(signIn.url).origin;
  const cookie = await cookieOf(signIn, origin);
  return createTRPCClient<ConsoleRouter>({
    links: [
      httpLink({
        url: `${origin}/api/trpc`,
        headers: { cookie },
        fetch: (url, init) =>
          fetch(url, { ...(init as RequestInit), signal: AbortSignal.timeout(REQUEST_MS) }),
      }),
    ],
  });
}

async function cookieOf({ email, password }: SignIn, origin: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const response = await signInOnce(origin, { email, password });
    if (response.ok)
      return response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';', 1)[0])
        .join('; ');
    if (response.status !== 429 || attempt === SIGN_IN_ATTEMPTS)
      throw new NoConsole(
        `${origin} did not let ${email} in (${response.status}). Check e-mail and password.`,
      );
    await delay(1000 * Math.min(60, Number(response.headers.get('x-retry-after') ?? '10')));
  }
}

async function signInOnce(origin: string, body: { email: string; password: string }): Promise<Response> {
  try {
    return await fetch(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    });
  } catch (cause) {
    throw new NoConsole(`No console answers at ${origin}.`, cause);
  }
}
