/** What the agent says of itself; the console shows it. */
export const VERSION = '0.1.0';
