import * as z from 'zod';

/** An agent that gave no usable answer. The message is for operators: it names the endpoint and what to look at. */
export class AgentUnreachable extends Error {
  /** True when something answered there and failed: asking again at once will not help. */
  readonly answered: boolean;
  constructor(message: string, { answered, cause }: { answered: boolean; cause: unknown }) {
    super(message, { cause });
    this.name = 'AgentUnreachable';
    this.answered = answered;
  }
}

/** What showed itself at an agent's endpoint is not the agent we enrolled. */
export class WrongPeer extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongPeer';
  }
}

/** Turns whatever a request to `endpoint` threw into one error with a plain sentence. */
export function agentUnreachable(error: unknown, endpoint: string): AgentUnreachable {
  if (error instanceof AgentUnreachable) return error;
  const chain = causes(error);
  if (chain.some((link) => link instanceof z.ZodError))
    return new AgentUnreachable(
      `The agent at ${endpoint} answers in a form this console does not know. Is its version too old or too new?`,
      { answered: true, cause: error },
    );
  const stranger = chain.find((link) => link instanceof WrongPeer);
  if (stranger) return new AgentUnreachable(stranger.message, { answered: true, cause: error });
  const code = chain.map(codeOf).find((code) => code !== null) ?? '';
  const sentence =
    sentences.find(({ codes }) => codes.test(code))?.sentence ?? `did not answer: ${lastWords(chain)}`;
  return new AgentUnreachable(`${endpoint} ${sentence}`, { answered: false, cause: error });
}

/** Codes of Node's sockets, of undici and of OpenSSL's verification, first match wins. */
const sentences: readonly { codes: RegExp; sentence: string }[] = [
  { codes: /^ECONNREFUSED$/, sentence: 'refuses connections: the agent is not running there.' },
  { codes: /^(ENOTFOUND|EAI_AGAIN)$/, sentence: 'is not a name that can be resolved.' },
  { codes: /^(EHOSTUNREACH|ENETUNREACH)$/, sentence: 'cannot be reached: no route to the host.' },
  {
    // Calls are aborted for one reason: their time is over.
    codes: /^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|ETIMEDOUT|TimeoutError|AbortError)$/,
    sentence: 'did not answer in time.',
  },
  {
    codes: /^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_SSL_.*)$/,
    sentence: 'cut the connection. Did the agent enrol with another console?',
  },
  { codes: /^CERT_HAS_EXPIRED$/, sentence: 'shows a certificate that has expired. Join the node again.' },
  {
    codes: /^(DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|CERT_|INVALID_)/,
    sentence: 'shows a certificate that is not one of ours.',
  },
];

/** An error with its causes, outermost first; bounded, because causes may go in circles. */
function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link instanceof Error && chain.length < 10; link = link.cause) chain.push(link);
  return chain;
}

function codeOf(error: unknown): string | null {
  if (error instanceof DOMException) return error.name;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function lastWords(chain: readonly unknown[]): string {
  const last = chain.at(-1);
  return last instanceof Error ? last.message : 'no reason given';
}
