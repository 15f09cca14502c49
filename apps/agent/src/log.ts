/** Writes one line for one event: the time, and a sentence. */
export type Log = (message: string) => void;

/** A log on standard output. Line breaks in what others sent never make a second line. */
export const logToStdout: Log = (message) => {
  process.stdout.write(`${new Date().toISOString()} ${oneLine(message)}\n`);
};

/** Control characters as spaces. */
export const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');

/** The one place where something unknown that was thrown becomes a sentence, its causes with it. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${errorText(error.cause)})`;
}

/** A log for what strangers can cause: a few lines a minute, so that nobody fills the disk from outside. */
export function rarely(log: Log, { lines = 20, everyMs = 60_000 } = {}): Log {
  let from = 0;
  let count = 0;
  return (message) => {
    const now = performance.now();
    if (now - from > everyMs) [from, count] = [now, 0];
    count += 1;
    if (count < lines) log(message);
    else if (count === lines) log(`${message} More of these are not logged for a minute.`);
  };
}
