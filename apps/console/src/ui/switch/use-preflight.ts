'use client';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { SwitchPreflight } from '../../api/switch-contract.ts';
import { useTRPC } from '../../trpc/client.ts';
import { useSaid } from '../kit/said.ts';
import type { Position } from './lever-reading.ts';

export interface Preflight {
  /** The newest answer; while it is asked again, the one before. */
  readonly answer: SwitchPreflight | null;
  readonly asking: boolean;
  readonly error: string | null;
  readonly ask: () => void;
}

interface Order {
  readonly clusterId: string;
  readonly services: readonly string[];
  readonly to: Position;
}

/** Asks every host, and again when the order changes. */
export function usePreflight({ clusterId, services, to }: Order, mayAsk: boolean): Preflight {
  const said = useSaid();
  const trpc = useTRPC();
  const { mutate, data, error, isPending } = useMutation(trpc.switches.preflight.mutationOptions());
  const list = services.join(',');
  const ask = useCallback(() => {
    if (mayAsk && list !== '') mutate({ clusterId, services: list.split(','), to });
  }, [mutate, mayAsk, clusterId, list, to]);
  useEffect(ask, [ask]);
  const answer = data?.to === to && list !== '' ? data : null;
  return { answer, asking: isPending, error: error ? said(error) : null, ask };
}
