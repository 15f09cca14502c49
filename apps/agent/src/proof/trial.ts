// What trials of either protocol share: what is wanted, and what an error of a socket means.
import type { ConnectInput, ConnectResult } from '@signalbox/agent-api';

export type Wanted = ConnectInput['connections'][number];

export const timedOut = (timeoutMs: number): ConnectResult => ({
  kind: 'timedOut',
  errno: 'ETIMEDOUT',
  message: `no answer within ${timeoutMs} ms`,
});

const kinds: Readonly<Record<string, 'refused' | 'timedOut' | 'unreachable'>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  ETIMEDOUT: 'timedOut',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
};

export function failureOf(error: Error): ConnectResult {
  const errno = 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';
  return { kind: kinds[errno] ?? 'failed', errno, message: error.message };
}
