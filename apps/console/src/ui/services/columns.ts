// Which columns there are: names, widths, and what they sort by.
import type { SortKey } from './rows.ts';

export type ColumnKind =
  | 'name'
  | 'scheduler'
  | 'method'
  | 'flags'
  | 'weight'
  | 'active'
  | 'inactive'
  | 'bits'
  | 'count'
  | 'trend'
  | 'state';

/** Messages that name columns. */
type ColumnLabel =
  | 'service'
  | 'scheduler'
  | 'method'
  | 'flags'
  | 'weight'
  | 'activeConn'
  | 'inActConn'
  | 'newShort'
  | 'in'
  | 'out'
  | 'conns'
  | 'inPkts'
  | 'outPkts'
  | 'inBytes'
  | 'outBytes'
  | 'cps'
  | 'inPps'
  | 'outPps'
  | 'inBps'
  | 'outBps'
  | 'lastMinute'
  | 'state';

export interface ServiceColumn {
  readonly id: string;
  readonly kind: ColumnKind;
  readonly label: ColumnLabel;
  readonly width: number;
  readonly words?: boolean;
  readonly sort: SortKey | null;
  /** For figures: which one. */
  readonly figure?: Extract<SortKey, `${string}.${string}`>;
  /** Left out where the window is narrow: the inspector takes its part. */
  readonly wideOnly?: boolean;
}

/** What a phone has room for. */
const onPhones: readonly ColumnKind[] = ['name', 'active', 'state'];

/** The class that leaves a column out where it does not fit. */
export const shownWhere = ({ kind, wideOnly = false }: ServiceColumn): string =>
  wideOnly ? 'max-[1400px]:hidden' : onPhones.includes(kind) ? '' : 'max-[720px]:hidden';

type Figure = NonNullable<ServiceColumn['figure']>;

const name: ServiceColumn = {
  id: 'name',
  kind: 'name',
  label: 'service',
  width: 290,
  words: true,
  sort: 'name',
};
const scheduler: ServiceColumn = {
  id: 'scheduler',
  kind: 'scheduler',
  label: 'scheduler',
  width: 92,
  words: true,
  sort: 'scheduler',
};
const method: ServiceColumn = {
  id: 'method',
  kind: 'method',
  label: 'method',
  width: 64,
  words: true,
  sort: 'method',
};
const flags: ServiceColumn = {
  id: 'flags',
  kind: 'flags',
  label: 'flags',
  width: 130,
  words: true,
  sort: null,
};
const weight: ServiceColumn = { id: 'weight', kind: 'weight', label: 'weight', width: 84, sort: 'weight' };
const active: ServiceColumn = {
  id: 'active',
  kind: 'active',
  label: 'activeConn',
  width: 96,
  sort: 'active',
};
const inactive: ServiceColumn = {
  id: 'inactive',
  kind: 'inactive',
  label: 'inActConn',
  width: 96,
  sort: 'inactive',
};
const trend: ServiceColumn = { id: 'trend', kind: 'trend', label: 'lastMinute', width: 116, sort: null };
const state: ServiceColumn = {
  id: 'state',
  kind: 'state',
  label: 'state',
  width: 190,
  words: true,
  sort: null,
};

const bits = (label: ColumnLabel, figure: Figure): ServiceColumn => ({
  id: figure,
  kind: 'bits',
  label,
  width: 92,
  sort: figure,
  figure,
});
const count = (label: ColumnLabel, figure: Figure, width: number): ServiceColumn => ({
  id: figure,
  kind: 'count',
  label,
  width,
  sort: figure,
  figure,
});

/** What fits under the canvas. */
export const boardColumns: readonly ServiceColumn[] = [
  { ...name, width: 240 },
  { ...scheduler, width: 68 },
  { ...method, width: 98 },
  { ...weight, width: 66 },
  { ...active, width: 86 },
  { ...inactive, width: 80, wideOnly: true },
  count('newShort', 'rates.connections', 62),
  { ...bits('in', 'rates.inBytes'), width: 82 },
  { ...bits('out', 'rates.outBytes'), width: 82 },
  { ...trend, width: 106, wideOnly: true },
  { ...state, width: 130 },
];

const pageColumns: readonly ServiceColumn[] = [
  { ...name, width: 240 },
  { ...scheduler, width: 72 },
  { ...method, width: 98 },
  { ...flags, width: 108, wideOnly: true },
  { ...weight, width: 68 },
  { ...active, width: 88 },
];

/** As `ipvsadm -Ln --rate`. */
export const rateColumns: readonly ServiceColumn[] = [
  ...pageColumns,
  { ...inactive, width: 88 },
  count('cps', 'rates.connections', 66),
  count('inPps', 'rates.inPackets', 76),
  count('outPps', 'rates.outPackets', 80),
  count('inBps', 'rates.inBytes', 104),
  count('outBps', 'rates.outBytes', 112),
  { ...trend, width: 106, wideOnly: true },
  { ...state, width: 124 },
];

/** As `ipvsadm -Ln --stats --exact`. */
export const totalColumns: readonly ServiceColumn[] = [
  ...pageColumns,
  { ...inactive, width: 84, wideOnly: true },
  count('conns', 'counters.connections', 96),
  count('inPkts', 'counters.inPackets', 108),
  count('outPkts', 'counters.outPackets', 108),
  count('inBytes', 'counters.inBytes', 128),
  count('outBytes', 'counters.outBytes', 132),
  { ...state, width: 124 },
];
