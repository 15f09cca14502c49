'use client';
import { useCallback, useState } from 'react';
import type { Sort, SortKey } from './rows.ts';

/** What a person did to a table: what is open, and by what it is sorted. */
export function useTableState(initiallyOpen: () => Iterable<string>) {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(initiallyOpen()));
  const [sort, setSort] = useState<Sort | null>(null);
  const toggle = useCallback(
    (id: string) =>
      setExpanded((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    [],
  );
  /** Figures largest first, then smallest first, then as drawn; names the other way round. */
  const sortBy = useCallback(
    (by: SortKey) =>
      setSort((before) => {
        const firstDescending = !['name', 'scheduler', 'method'].includes(by);
        if (before?.by !== by) return { by, descending: firstDescending };
        return before.descending === firstDescending ? { by, descending: !firstDescending } : null;
      }),
    [],
  );
  return { expanded, setExpanded, toggle, sort, sortBy };
}
