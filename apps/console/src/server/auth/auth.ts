// Sign-in and sessions: better-auth with e-mail and password on our own tables, speaking to nobody else.
import { inspect } from 'node:util';
import type { Database } from '@signalbox/db';
import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import * as z from 'zod';
import { PASSWORD_LENGTH } from '../../api/new-administrator.ts';
import type { Operator } from '../console.ts';
import { clientAddressHeader } from '../http/client-address.ts';
import { sameOrigin } from '../http/same-origin.ts';
import type { Log } from '../log.ts';

export interface Auth {
  /** Answers everything under /api/auth. */
  handle(request: Request): Promise<Response>;
  /** Who a request's cookies belong to; null when nobody is signed in. */
  operatorOf(headers: Headers): Promise<Operator | null>;
}

const SignedIn = z.object({
  name: z.string(),
  email: z.string(),
  role: z.enum(['viewer', 'operator', 'admin']),
});

export interface AuthOptions {
  readonly database: Database;
  readonly secret: string;
  /** Whether browsers reach us by HTTPS, so that cookies may insist on it. */
  readonly secure: boolean;
  readonly log: Log;
}

export function createAuth({ database, secret, secure, log }: AuthOptions): Auth {
  const auth = betterAuth({
    appName: 'Signalbox',
    // Only paths below it matter: origins are checked against the Host header, which the server has checked before.
    baseURL: secure ? 'https://localhost' : 'http://localhost',
    basePath: '/api/auth',
    secret,
    database: prismaAdapter(database.authClient, { provider: 'sqlite' }),
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_, message, ...more: unknown[]) =>
        log(['Signing in:', message, ...more.map((one) => inspect(one))].join(' ')),
    },
    onAPIError: {
      // A refusal is an answer; only our own failures are for the log.
      onError: (error) => {
        if (!isAPIError(error) || error.statusCode >= 500) console.error('Signing in failed:', error);
      },
    },
    emailAndPassword: {
      enabled: true,
      // Users are made by an administrator, never by a stranger.
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    user: {
      additionalFields: {
        role: { type: ['viewer', 'operator', 'admin'], required: true, input: false, defaultValue: 'viewer' },
      },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: { '/sign-in/email': { window: 60, max: 30 } },
    },
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin');
      return request && origin && sameOrigin(origin, request.headers.get('host')) ? [origin] : [];
    },
    advanced: {
      cookiePrefix: 'signalbox',
      useSecureCookies: secure,
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
  });
  return {
    handle: (request) => auth.handler(request),
    operatorOf: async (headers) => {
      const session = await auth.api.getSession({ headers });
      return session && SignedIn.parse(session.user);
    },
  };
}
