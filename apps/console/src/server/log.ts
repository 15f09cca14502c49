/** Writes one line for one event: the time, and a sentence. */
export type Log = (message: string) => void;

/** A log on standard output. Line breaks in what others sent never make a second line. */
export const logToStdout: Log = (message) => {
  process.stdout.write(`${new Date().toISOString()} ${oneLine(message)}\n`);
};

/** Control characters as spaces. */
export const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
