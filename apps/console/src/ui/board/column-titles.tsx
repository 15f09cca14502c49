'use client';
import { useViewport } from '@xyflow/react';
import { useTranslations } from 'use-intl';
import type { Column } from './layout.ts';

const titles = {
  client: 'columnClient',
  router: 'columnRouter',
  director: 'columnDirector',
  realServer: 'columnRealServer',
  mysql: 'columnMysql',
} as const;

/** Names of the columns, along the top of the canvas wherever it is moved to. */
export function ColumnTitles({ columns }: { columns: readonly Column[] }) {
  const t = useTranslations('board');
  const { x, zoom } = useViewport();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-0 z-10 h-9 overflow-hidden">
      {columns.map((column) => (
        <span
          key={column.kind}
          className="absolute top-3.5 text-tiny font-medium tracking-[0.02em] whitespace-nowrap text-ink-3"
          style={{ left: x + (column.x + 4) * zoom }}
        >
          {t(titles[column.kind])}
        </span>
      ))}
    </div>
  );
}
