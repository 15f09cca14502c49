/** Whether the words ask what a program can do, rather than to do something. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args[0] === 'help' || args.includes('--help') || args.includes('-h');
