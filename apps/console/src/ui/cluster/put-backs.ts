import { useQuery } from '@tanstack/react-query';
import type { PutBackView } from '../../api/contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useConsoleNow } from './ages.ts';
import { useCluster } from './cluster-context.ts';

/** Asked again so often: it is news, but nothing waits for it. */
const LOOK_EVERY_MS = 15_000;
/** What was put back within this time is said on the board. */
const LATELY_MS = 10 * 60_000;

/** What the agent of a node put back by itself, newest first. */
export function usePutBacks(nodeId: string): readonly PutBackView[] {
  const trpc = useTRPC();
  const { view } = useCluster();
  const { data = [] } = useQuery(
    trpc.nodes.putBacks.queryOptions({ clusterId: view.id }, { refetchInterval: LOOK_EVERY_MS }),
  );
  return data.filter((one) => one.nodeId === nodeId);
}

/** Those of the last minutes. */
export function usePutBackLately(nodeId: string): readonly PutBackView[] {
  const all = usePutBacks(nodeId);
  const nowMs = useConsoleNow();
  return all.filter(({ at }) => nowMs - Date.parse(at) < LATELY_MS);
}
