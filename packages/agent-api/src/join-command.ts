/** What a join command carries to the host: the console prints it, an operator runs it, the agent reads it. */
export interface JoinCommandParts {
  /** Where the enrolment listener is reached from the host. */
  readonly console: { readonly host: string; readonly port: number };
  readonly token: string;
  /** `CaFingerprint`, so that the agent knows the console before it trusts it. */
  readonly ca: string;
}

/** The agent's program in the folder of Signalbox. */
export const AGENT_PROGRAM = 'apps/agent/dist/agent.mjs';

/** The line an operator runs there. All parts are free of shell meaning: no quotes are needed. */
export function joinCommand({ console: { host, port }, token, ca }: JoinCommandParts): string {
  const at = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return `node ${AGENT_PROGRAM} join --console ${at} --token ${token} --ca ${ca}`;
}
