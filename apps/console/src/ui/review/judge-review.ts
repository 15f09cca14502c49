import type { HostReview, Review } from '../../api/contract.ts';

const isError = ({ severity }: { severity: string }) => severity === 'error';

const blocks = (host: HostReview): boolean =>
  (host.kind === 'unreachable' && host.blocking) || (host.kind === 'ready' && host.problems.some(isError));

/** Whether nothing stands in the way: the drawing works, and every host that would change has answered. */
export const canApply = ({ problems, hosts }: Review): boolean =>
  !problems.some(isError) && !hosts.some(blocks);

/** How many operations the agents would do. */
export const operationCount = ({ hosts }: Review): number =>
  hosts.reduce((all, host) => all + (host.kind === 'ready' ? host.operations.length : 0), 0);

/** What is echoed to the agents, so that exactly what was shown is done. */
export const digestsOf = ({ hosts }: Review): Record<string, string> =>
  Object.fromEntries(hosts.flatMap((host) => (host.kind === 'ready' ? [[host.nodeId, host.digest]] : [])));
