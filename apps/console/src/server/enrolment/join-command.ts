import { hostInUrl, type ListenAddress } from '../http/listen.ts';

export interface JoinCommandParts {
  /** Where the enrolment listener is reached from the node. */
  readonly at: ListenAddress;
  readonly token: string;
  /** `sha256:` + base64url, so that the agent knows the console before it trusts it. */
  readonly fingerprint: string;
}

/** The line an operator runs on the node, in Signalbox's folder. All parts are free of shell meaning: no quotes are needed. */
export const joinCommand = ({ at, token, fingerprint }: JoinCommandParts): string =>
  `node apps/agent/dist/agent.mjs join --console ${hostInUrl(at.host)}:${at.port} --token ${token} --ca ${fingerprint}`;
