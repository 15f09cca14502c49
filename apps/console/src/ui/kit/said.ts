'use client';
import type { Problem } from '@signalbox/cluster';
import { isTRPCClientError } from '@trpc/client';
import { useCallback } from 'react';
import { useLocale } from 'use-intl';
import type { ConsoleRouter } from '../../api/root.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { sentenceOf } from '../../trpc/client.ts';

/** Says in the reader's language what the console, an agent or the record says in English; also why a request failed. */
export function useSaid(): (said: unknown) => string {
  const locale = useLocale();
  return useCallback(
    (said) => sentenceText(locale, typeof said === 'string' ? said : sentenceOf(said), problemsOf(said)),
    [locale],
  );
}

const problemsOf = (error: unknown): readonly Problem[] =>
  isTRPCClientError<ConsoleRouter>(error) ? (error.data?.problems ?? []) : [];
