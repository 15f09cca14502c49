import { runningConsole } from '../../../../server/running-console.ts';

/** Subscriptions are streams: nothing here may be prerendered or cached. */
export const dynamic = 'force-dynamic';

const answer = (request: Request) => runningConsole().trpc(request);

export { answer as GET, answer as POST };
