import type { Problem } from '@signalbox/cluster';

/** What a refused request is about; `api/trpc.ts` turns it into a tRPC code, once. */
export type RefusalKind = 'notFound' | 'invalid' | 'conflict' | 'notNow' | 'forbidden' | 'unreachable';

/** A request the console understands and will not do: `message` is for the operator and says what to do instead. */
export class ConsoleRefusal extends Error {
  readonly kind: RefusalKind;
  readonly problems: readonly Problem[];
  constructor(kind: RefusalKind, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = 'ConsoleRefusal';
    this.kind = kind;
    this.problems = problems;
  }
}
