import type { Problem } from './problem.ts';

/** One rule: how bad breaking it is, and the sentence with `{name}` where values go. */
export interface ProblemRule {
  readonly severity: Problem['severity'];
  readonly message: string;
}

type Placeholder<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** Makes the problems of a table of rules: the compiler checks that each message gets all its values. */
export function problemMaker<const Rules extends Readonly<Record<keyof Rules, ProblemRule>>>(rules: Rules) {
  return <Code extends keyof Rules & string>(
    code: Code,
    path: readonly string[],
    values: Readonly<Record<Placeholder<Rules[Code]['message']>, string>>,
  ): Problem & { readonly code: Code } => {
    const named: Readonly<Record<string, string>> = values;
    const { severity, message } = rules[code];
    const sentence = message.replaceAll(/\{(\w+)\}/g, (_, name: string) => named[name] ?? '');
    return { code, severity, path, values: named, message: sentence };
  };
}
