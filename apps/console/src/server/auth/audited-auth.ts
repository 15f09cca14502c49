// Who came in, who left, and who was refused at the door, for the audit trail.
import type { EventStore } from '@signalbox/db';
import * as z from 'zod';
import { requestOrigin } from '../audit/request-origin.ts';
import type { Auth } from './auth.ts';

const SignIn = z.object({ email: z.email().max(254) });

/** Attempts that the rate limit turns away are not looked at, and not recorded: nobody fills the disk from outside. */
const RECORDED = new Set([200, 401]);

export function auditedAuth(auth: Auth, events: EventStore): Auth {
  const signIn = async (request: Request) => {
    const tried = SignIn.safeParse(await readJson(request.clone()));
    const answer = await auth.handle(request);
    const { status } = answer;
    if (!RECORDED.has(status)) return answer;
    // What is no e-mail address may be a password in the wrong field.
    const email = tried.data?.email.toLowerCase() ?? 'something that is no e-mail address';
    const from = requestOrigin() ?? 'an unknown address';
    await events.add(
      status === 200
        ? { kind: 'signedIn', by: email, message: `${email} signed in.` }
        : { kind: 'signInRefused', by: null, message: `Signing in as ${email} from ${from} was refused.` },
    );
    return answer;
  };
  const signOut = async (request: Request) => {
    const operator = await auth.operatorOf(request.headers);
    const answer = await auth.handle(request);
    if (operator && answer.ok)
      await events.add({ kind: 'signedOut', by: operator.email, message: `${operator.name} signed out.` });
    return answer;
  };
  return {
    operatorOf: (headers) => auth.operatorOf(headers),
    handle: (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/api/auth/sign-in/email') return signIn(request);
      return pathname === '/api/auth/sign-out' ? signOut(request) : auth.handle(request);
    },
  };
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    // Not JSON: better-auth refuses it in its own words.
    return null;
  }
}
