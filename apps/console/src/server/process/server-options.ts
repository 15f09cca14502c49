// What the console is started with.
import { parseArgs } from 'node:util';
import { type ListenAddress, parseListenAddress } from '../http/listen.ts';

export interface CommandLine {
  readonly data: string;
  readonly listen: ListenAddress;
  readonly enrolListen: ListenAddress | null;
  readonly enrolAdvertise: ListenAddress | null;
  /** Paths of PEM files. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly names: readonly string[];
  readonly dev: boolean;
}

export const usage = `Usage: node server.ts --data FOLDER [options]
  --data FOLDER               where the console keeps its database and keys (made as needed)
  --listen ADDRESS:PORT       where browsers reach it (127.0.0.1:8420)
  --allow-remote              needed to listen on anything but loopback
  --tls-cert FILE --tls-key FILE   serve HTTPS with this certificate and key (PEM)
  --host NAME                 a host name browsers may use beside localhost and addresses; may be repeated
  --enrol-listen ADDRESS:PORT where nodes join (off; port 8421 is usual)
  --enrol-advertise HOST:PORT how nodes reach that, for the join command, when it is not the same
  --dev                       development mode of the screens`;

/** The options, or one sentence saying what is wrong with them. */
export function parseCommandLine(args: readonly string[]): CommandLine | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        listen: { type: 'string', default: '127.0.0.1:8420' },
        'allow-remote': { type: 'boolean', default: false },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        host: { type: 'string', multiple: true, default: [] },
        'enrol-listen': { type: 'string' },
        'enrol-advertise': { type: 'string' },
        dev: { type: 'boolean', default: false },
      },
    });
    return checked(values);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface Values {
  readonly data?: string | undefined;
  readonly listen: string;
  readonly 'allow-remote': boolean;
  readonly 'tls-cert'?: string | undefined;
  readonly 'tls-key'?: string | undefined;
  readonly host: readonly string[];
  readonly 'enrol-listen'?: string | undefined;
  readonly 'enrol-advertise'?: string | undefined;
  readonly dev: boolean;
}

function checked(values: Values): CommandLine {
  const listen = addressOf('--listen', values.listen);
  const { 'tls-cert': cert, 'tls-key': key, data } = values;
  if (!data) throw new Error('Say where the console keeps its data: --data FOLDER.');
  if ((cert === undefined) !== (key === undefined))
    throw new Error('A certificate needs its key: give both --tls-cert and --tls-key.');
  if (!isLoopback(listen.host) && !values['allow-remote'])
    throw new Error(
      `${listen.host} can be reached from other machines. If that is meant, add --allow-remote (and a certificate).`,
    );
  return {
    data,
    listen,
    enrolListen: optional('--enrol-listen', values['enrol-listen']),
    enrolAdvertise: optional('--enrol-advertise', values['enrol-advertise']),
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
    names: values.host.map((name) => name.toLowerCase()),
    dev: values.dev,
  };
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

const optional = (option: string, text: string | undefined) =>
  text === undefined ? null : addressOf(option, text);

function addressOf(option: string, text: string): ListenAddress {
  const address = parseListenAddress(text);
  if (!address) throw new Error(`${option} takes ADDRESS:PORT, e.g. 127.0.0.1:8420; not ${text}.`);
  return address;
}
