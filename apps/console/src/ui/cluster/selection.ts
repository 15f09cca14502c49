'use client';
import { useSearchParams } from 'next/navigation';

/** What the inspector shows: kept in the address, so that it can be linked to and survives a reload. */
export type Selection =
  | { readonly kind: 'node' | 'service'; readonly id: string }
  | { readonly kind: 'cluster' };

export function useSelection(): readonly [Selection, (selection: Selection) => void] {
  const params = useSearchParams();
  const node = params.get('node');
  const service = params.get('service');
  const selection: Selection =
    node === null
      ? service === null
        ? { kind: 'cluster' }
        : { kind: 'service', id: service }
      : { kind: 'node', id: node };
  return [selection, select];
}

/** No navigation: the server has nothing to say about what is selected. */
function select(selection: Selection): void {
  const address = new URL(location.href);
  address.searchParams.delete('node');
  address.searchParams.delete('service');
  if (selection.kind !== 'cluster') address.searchParams.set(selection.kind, selection.id);
  history.replaceState(null, '', address);
}
