'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '../kit/class-names.ts';
import { HeadCell, RowHead, Table } from '../kit/table.tsx';
import { type ServiceColumn, shownWhere } from './columns.ts';
import { RowCell, RowName } from './row-cells.tsx';
import { destinationFacts, type Source, serviceFacts } from './row-figures.ts';
import { type Row, rowsOf, type RowsWanted, type Sort, type SortKey } from './rows.ts';
import { useSource } from './use-source.ts';

/** Every row is this high: ten thousand of them are placed without being measured. */
const ROW_HEIGHT = 33;

interface ServicesTableProps {
  readonly columns: readonly ServiceColumn[];
  readonly filter: string;
  readonly sort: Sort | null;
  readonly onSort: (by: SortKey) => void;
  readonly expanded: ReadonlySet<string>;
  readonly onToggle: (serviceId: string) => void;
  readonly onOpen: (serviceId: string) => void;
  readonly selected: string | null;
}

/** Virtual services and their destinations with live figures; only rows in sight are drawn. */
export function ServicesTable(props: ServicesTableProps) {
  const { columns, filter, sort, expanded, selected } = props;
  const t = useTranslations('services');
  const source = useSource();
  const rows = useSortedRows(source, { filter, sort, expanded });
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // Before the first measurement, and on the server: a screenful.
    initialRect: { width: 1000, height: 600 },
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // Scrolled by keyboard too: a region that scrolls must be reachable.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div
      ref={scroller}
      className="relative h-full overflow-auto -outline-offset-2"
      tabIndex={0}
      role="region"
      aria-label={t('table')}
    >
      <Table
        aria-label={t('table')}
        aria-rowcount={rows.length + 1}
        className="table-fixed max-[720px]:!min-w-0"
        style={{ minWidth: widthOf(columns) }}
      >
        <colgroup>
          {columns.map((column) => (
            <col
              key={column.id}
              style={{ width: column.width }}
              className={cn(shownWhere(column), phoneWidths[column.kind])}
            />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-panel">
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <ColumnHead key={column.id} column={column} sort={sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={above} />
          {items.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <BodyRow
                key={row.id}
                row={row}
                index={index}
                source={source}
                columns={columns}
                selected={row.kind === 'service' && row.id === selected}
                onToggle={props.onToggle}
                onOpen={props.onOpen}
              />
            );
          })}
          <Space height={below} />
        </tbody>
      </Table>
    </div>
  );
}

/** On a phone the name has what figures leave. */
const phoneWidths: Partial<Record<ServiceColumn['kind'], string>> = {
  name: 'max-[720px]:!w-auto',
  active: 'max-[720px]:!w-[72px]',
  state: 'max-[720px]:!w-[124px]',
};

/** What every column needs; those for wide windows come when there is room. */
const widthOf = (columns: readonly ServiceColumn[]): number =>
  columns.reduce((sum, { width, wideOnly = false }) => sum + (wideOnly ? 0 : width), 0);

/** Sorting by a figure follows the figures; otherwise rows change only when the drawing does. */
function useSortedRows({ topology, hosts }: Source, { filter, sort, expanded }: RowsWanted): Row[] {
  const byFigure = sort !== null && !['name', 'scheduler', 'method', 'weight'].includes(sort.by);
  const live = byFigure ? hosts : noHosts;
  return useMemo(
    () => rowsOf({ topology, hosts: live, nowMs: 0, settled: false }, { filter, sort, expanded }),
    [topology, live, filter, sort, expanded],
  );
}

const noHosts: Source['hosts'] = new Map();

interface BodyRowProps {
  readonly row: Row;
  readonly index: number;
  readonly source: Source;
  readonly columns: readonly ServiceColumn[];
  readonly selected: boolean;
  readonly onToggle: (serviceId: string) => void;
  readonly onOpen: (serviceId: string) => void;
}

/** Drawn again when it or its figures change, not because others are scrolled into sight. */
const BodyRow = memo(function BodyRow(props: BodyRowProps) {
  const { row, index, source, columns, selected, onToggle, onOpen } = props;
  const facts =
    row.kind === 'service'
      ? serviceFacts(source, row.service)
      : destinationFacts(source, row.service, row.destination);
  return (
    <tr
      aria-rowindex={index + 2}
      className={cn('hover:bg-bg/70', selected && 'bg-selected hover:bg-selected')}
      style={{ height: ROW_HEIGHT }}
    >
      <RowHead className="truncate max-[720px]:py-0">
        <RowName row={row} onToggle={onToggle} onOpen={onOpen} />
      </RowHead>
      {columns.slice(1).map((column) => (
        <RowCell key={column.id} row={row} column={column} facts={facts} />
      ))}
    </tr>
  );
});

interface ColumnHeadProps {
  readonly column: ServiceColumn;
  readonly sort: Sort | null;
  readonly onSort: (by: SortKey) => void;
}

function ColumnHead({ column, sort, onSort }: ColumnHeadProps) {
  const t = useTranslations('services');
  const { sort: key, words = false } = column;
  const label = t(column.label);
  if (key === null)
    return (
      <HeadCell words={words} className={shownWhere(column)}>
        {label}
      </HeadCell>
    );
  const sorted = sort?.by === key ? (sort.descending ? 'descending' : 'ascending') : undefined;
  const Icon = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <HeadCell words={words} aria-sort={sorted} className={shownWhere(column)}>
      <button
        type="button"
        className="inline-flex items-center gap-0.5 rounded hover:text-ink"
        aria-label={t('sortBy', { column: label })}
        onClick={() => onSort(key)}
      >
        {label}
        {sorted === undefined ? null : <Icon className="size-3" aria-hidden />}
      </button>
    </HeadCell>
  );
}

/** Stands for the rows that are out of sight. */
function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden style={{ height }}>
      <td aria-hidden />
    </tr>
  );
}
