// A host may be at its limit just when it is to be switched: what is ordered goes before what it does besides.
import { getPriority, setPriority } from 'node:os';

/** Half way to the most urgent (setpriority(2)): before what runs as usual, and behind who was put in front of all by hand. */
const URGENT = -10;
/** Orders of one rollout or switch follow one another. */
const CALM_AFTER_MS = 10_000;

/**
 * Raises this process for so long as orders come, and some seconds more; then it is as it was. Where that is not allowed
 * nothing changes. What is only watched, and requests that are sent to try a service, are not urgent: nobody calls this for
 * them.
 */
export function createUrgency(): () => void {
  let before: number | null = null;
  let calming: NodeJS.Timeout | undefined;
  const calm = () => {
    if (before !== null) setOrLeave(before);
    before = null;
  };
  return () => {
    if (before === null) {
      const now = getPriority();
      if (now <= URGENT || !setOrLeave(URGENT)) return;
      before = now;
    }
    clearTimeout(calming);
    calming = setTimeout(calm, CALM_AFTER_MS).unref();
  };
}

/** Answers whether it was allowed. */
function setOrLeave(priority: number): boolean {
  try {
    setPriority(priority);
    return true;
  } catch {
    return false;
  }
}
