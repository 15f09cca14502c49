// The console's API as its screens use it, without a browser.
import { z } from 'zod';
import type { ConsoleAccess } from '../wire/control-messages.ts';

export interface SignedInConsole {
  readonly clusterId: string;
  /** Throws with the console's answer when it refuses. */
  query(path: string, input: object): Promise<unknown>;
  mutate(path: string, input: object): Promise<unknown>;
}

const Answer = z.object({ result: z.object({ data: z.unknown() }) });

export async function signIn({ url, email, password, clusterId }: ConsoleAccess): Promise<SignedInConsole> {
  const json = { 'content-type': 'application/json', origin: url };
  const entered = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email, password }),
  });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const answerOf = async (response: Response): Promise<unknown> => {
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(body));
    return Answer.parse(body).result.data;
  };
  return {
    clusterId,
    query: async (path, input) =>
      answerOf(
        await fetch(`${url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
          headers: { cookie },
        }),
      ),
    mutate: async (path, input) =>
      answerOf(
        await fetch(`${url}/api/trpc/${path}`, {
          method: 'POST',
          headers: { ...json, cookie },
          body: JSON.stringify(input),
        }),
      ),
  };
}
