'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { SAMPLES } from '../../live/history.ts';
import { useAgeText } from '../cluster/ages.ts';
import { useLiveStore } from '../cluster/live-provider.tsx';
import { endpointOf } from '../figures/readings.ts';
import { formatBits, formatCount } from '../figures/format.ts';
import { cn } from '../kit/class-names.ts';
import { LampWord } from '../kit/lamp.tsx';
import { Sparkline } from '../kit/sparkline.tsx';
import { Cell } from '../kit/table.tsx';
import { ServiceLever } from '../switch/service-lever.tsx';
import { type ServiceColumn, shownWhere } from './columns.ts';
import { lampOf, type RowFacts, type RowState } from './row-figures.ts';
import { figureOf, type Row } from './rows.ts';
import { SchedulerText } from './scheduler-text.tsx';
import { WeightCell } from './weight-cell.tsx';

interface RowCellProps {
  readonly row: Row;
  readonly column: ServiceColumn;
  readonly facts: RowFacts;
}

/** Any cell but the first. */
export function RowCell({ row, column, facts }: RowCellProps) {
  const { service } = row;
  const grey = facts.stale ? 'text-ink-3' : '';
  const where = shownWhere(column);
  switch (column.kind) {
    case 'name':
      return null;
    case 'scheduler':
      return (
        <Cell words className={cn('truncate', where)}>
          {row.kind === 'service' ? <SchedulerText service={service} /> : null}
        </Cell>
      );
    case 'method':
      return <MethodCell row={row} className={where} />;
    case 'flags':
      return (
        <Cell words className={cn('truncate text-ink-2', where)}>
          <FlagsText row={row} />
        </Cell>
      );
    case 'weight':
      return (
        <Cell className={cn('py-0', where)}>
          {row.kind === 'destination' ? <WeightCell row={row} /> : null}
        </Cell>
      );
    case 'active':
      return (
        <Cell className={cn(row.kind === 'service' && 'font-semibold', grey)}>
          {facts.figures ? formatCount(facts.figures.active) : '–'}
        </Cell>
      );
    case 'inactive':
      return (
        <Cell className={cn(grey, where)}>{facts.figures ? formatCount(facts.figures.inactive) : '–'}</Cell>
      );
    case 'bits':
    case 'count': {
      const value = column.figure === undefined ? null : figureOf(facts, column.figure);
      const format = column.kind === 'bits' ? formatBits : formatCount;
      return <Cell className={cn(grey, where)}>{value === null ? '–' : format(value)}</Cell>;
    }
    case 'trend':
      return <TrendCell series={facts.series} className={where} />;
    case 'state':
      return <StateCell state={facts.state} />;
  }
}

function StateCell({ state }: { state: RowState }) {
  const word = useStateWord(state);
  return (
    <Cell words className="truncate" title={state.kind === 'notDrawn' ? state.endpoints.join(', ') : word}>
      <LampWord state={lampOf(state)}>{word}</LampWord>
    </Cell>
  );
}

/** A service's way is thrown here; a destination's is read. */
function MethodCell({ row, className }: { row: Row; className: string }) {
  const t = useTranslations('method');
  if (row.kind === 'service')
    return (
      <Cell words className={cn('py-0', className)}>
        <ServiceLever service={row.service} name={row.title} />
      </Cell>
    );
  const method = row.destination.method ?? row.service.method;
  return (
    <Cell words className={cn('font-semibold', method === 'masq' ? 'text-nat' : 'text-dr', className)}>
      {t(method)}
    </Cell>
  );
}

/** Persistence, one-packet and scheduler flags, as ipvsadm lists them behind the scheduler. */
function FlagsText({ row }: { row: Row }) {
  const t = useTranslations('services');
  if (row.kind === 'destination') return null;
  const { persistence, onePacket, schedulerFlags } = row.service;
  const words = [
    ...(persistence === null ? [] : [t('persistent', { seconds: String(persistence.timeoutSeconds) })]),
    ...(onePacket ? [t('onePacket')] : []),
    ...schedulerFlags,
  ];
  return words.join(', ');
}

function TrendCell({ series, className }: { series: string | null; className: string }) {
  const { history } = useLiveStore();
  return (
    <Cell className={cn('py-0', className)}>
      <Sparkline
        values={series === null ? [] : history.samples(series)}
        samples={SAMPLES}
        className="ml-auto text-request"
      />
    </Cell>
  );
}

const words = {
  serving: 'stateServing',
  noTraffic: 'stateNoTraffic',
  noDestination: 'stateNoDestination',
  allQuiet: 'stateAllQuiet',
  up: 'stateUp',
  quiet: 'stateQuiet',
  notApplied: 'stateNotApplied',
  gone: 'stateGone',
  unknown: 'stateUnknown',
} as const;

function useStateWord(state: RowState): string {
  const t = useTranslations('services');
  const age = useAgeText();
  switch (state.kind) {
    case 'differs':
      return t('stateDiffers', { weight: String(state.weight) });
    case 'notDrawn':
      return t('stateNotDrawn', { count: state.endpoints.length });
    case 'stale':
      return t('stateStale', { age: age(state.ageMs) });
    default:
      return t(words[state.kind]);
  }
}

interface NameProps {
  readonly row: Row;
  readonly onToggle: (serviceId: string) => void;
  readonly onOpen: (serviceId: string) => void;
}

/** The first cell: what the row is, and for a service the way to its destinations and its details. */
export function RowName({ row, onToggle, onOpen }: NameProps) {
  const t = useTranslations('services');
  if (row.kind === 'destination')
    return (
      // On a phone the name stands above the address: beside it there is no room for more than its first letter.
      <span className="flex items-baseline gap-2 pl-[22px] text-ink-2 max-[720px]:flex-col-reverse max-[720px]:items-start max-[720px]:gap-0 max-[720px]:leading-[14px]">
        <span className="mono max-[720px]:text-tiny max-[720px]:leading-[13px]">
          {endpointOf(row.destination)}
        </span>
        <span className="max-w-full truncate" title={row.nodeName}>
          {row.nodeName}
        </span>
      </span>
    );
  const Icon = row.expanded ? ChevronDown : ChevronRight;
  return (
    <span className="flex items-center gap-1">
      <button
        type="button"
        className="rounded p-0.5 hover:bg-bg"
        aria-expanded={row.expanded}
        aria-label={t(row.expanded ? 'collapse' : 'expand', { name: row.title })}
        onClick={() => onToggle(row.service.id)}
      >
        <Icon className="size-3.5" aria-hidden />
      </button>
      <button
        type="button"
        className="truncate font-semibold hover:underline"
        onClick={() => onOpen(row.service.id)}
      >
        {row.title}
      </button>
    </span>
  );
}
