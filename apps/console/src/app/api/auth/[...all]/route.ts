import { runningConsole } from '../../../../server/running-console.ts';

export const dynamic = 'force-dynamic';

const answer = (request: Request) => runningConsole().auth(request);

export { answer as GET, answer as POST };
