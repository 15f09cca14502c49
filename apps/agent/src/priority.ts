// A host that is busy with its clients must still hear its console: an agent that waits for the processor is late when it is needed.
import { constants, getPriority, setPriority } from 'node:os';
import { errorText, type Log } from './log.ts';

/** A little before ordinary programs of the host (nice values go from -20, first, to 19). */
const AHEAD = -5;

/**
 * Puts this process, and programs that it starts from now on, ahead of ordinary ones. A value that the service manager chose
 * stays; where this process may not change it (setpriority(2): no CAP_SYS_NICE) the log says so.
 */
export function goAhead(log: Log): void {
  if (getPriority() !== constants.priority.PRIORITY_NORMAL) return;
  try {
    setPriority(AHEAD);
  } catch (error) {
    log(`Runs at ordinary priority, and may be slow to answer while this host is busy: ${errorText(error)}`);
  }
}
