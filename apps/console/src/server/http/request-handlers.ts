import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { consoleRouter } from '../../api/root.ts';
import { withOrigin } from '../audit/request-origin.ts';
import type { Operator } from '../console.ts';
import type { StartedConsole } from '../start-console.ts';

/** What Next's route handlers and pages call: web requests in, web responses out. */
export interface RequestHandlers {
  /** Everything under /api/trpc. */
  trpc(request: Request): Promise<Response>;
  /** Everything under /api/auth. */
  auth(request: Request): Promise<Response>;
  /** Who is signed in, for pages that decide where to go before they render. */
  operatorOf(headers: Headers): Promise<Operator | null>;
  needsAdministrator(): Promise<boolean>;
}

export function requestHandlers({ console: services, auth }: StartedConsole): RequestHandlers {
  return {
    auth: (request) => withOrigin(request, () => auth.handle(request)),
    operatorOf: (headers) => auth.operatorOf(headers),
    needsAdministrator: () => services.setup.needsAdministrator(),
    trpc: (request) =>
      withOrigin(request, () =>
        fetchRequestHandler({
          endpoint: '/api/trpc',
          req: request,
          router: consoleRouter,
          createContext: async ({ req }) => ({
            console: services,
            operator: await auth.operatorOf(req.headers),
          }),
          onError: ({ error, path }) => {
            if (error.code === 'INTERNAL_SERVER_ERROR')
              console.error(`${path ?? 'a request'} failed:`, error);
          },
        }),
      ),
  };
}
