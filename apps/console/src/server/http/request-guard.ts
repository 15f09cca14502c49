// Who may talk to us at all, decided before anything is parsed: the Host we are called by, and the page that calls.
import { isIP } from 'node:net';
import { sameOrigin } from './same-origin.ts';

/** Topologies of 1,000 services with 10 destinations are about 3 MB of JSON. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

export interface RequestFacts {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site, which a page cannot forge. */
  readonly fetchSite: string | undefined;
  readonly contentLength: string | undefined;
  readonly chunked: boolean;
}

export interface Refusal {
  readonly status: 403 | 411 | 413 | 421;
  readonly message: string;
}

/** Null when the request may go on. `names`: host names the operator allowed beside loopback. */
export function refuseRequest(request: RequestFacts, names: readonly string[]): Refusal | null {
  const { method, host, origin, fetchSite } = request;
  if (!isAllowedHost(host, names))
    return {
      status: 421,
      message: `This console does not answer to ${host ?? 'requests without a host'}. Start it with --host NAME to allow a name.`,
    };
  if (origin !== undefined && origin !== 'null' && !sameOrigin(origin, host))
    return { status: 403, message: 'Requests of other sites are refused.' };
  const reads = method === 'GET' || method === 'HEAD';
  const foreign = origin === 'null' || fetchSite === 'cross-site' || fetchSite === 'same-site';
  if (!reads && foreign) return { status: 403, message: 'Requests of other sites are refused.' };
  return reads ? null : refuseBody(request);
}

function refuseBody({ contentLength, chunked }: RequestFacts): Refusal | null {
  if (chunked) return { status: 411, message: 'Say the length of the request.' };
  return Number(contentLength ?? 0) > MAX_BODY_BYTES
    ? { status: 413, message: 'The request is too large.' }
    : null;
}

/** An address is safe against DNS rebinding, because that needs a name; of names only those we were told. */
function isAllowedHost(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return (
    isIP(hostname.replaceAll(/^\[|\]$/g, '')) !== 0 ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    names.includes(hostname)
  );
}
