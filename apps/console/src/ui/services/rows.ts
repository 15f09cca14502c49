// The rows of the services table: filtered, sorted, and flattened to what is expanded. Pure.
import type { Destination, Topology, VirtualService } from '@signalbox/cluster';
import { endpointOf, serviceTitle } from '../figures/readings.ts';
import { destinationFacts, type RowFacts, type Source, serviceFacts } from './row-figures.ts';

export type Row =
  | {
      readonly kind: 'service';
      readonly id: string;
      readonly service: VirtualService;
      readonly title: string;
      readonly expanded: boolean;
    }
  | {
      readonly kind: 'destination';
      readonly id: string;
      readonly service: VirtualService;
      readonly destination: Destination;
      readonly nodeName: string;
    };

/** Columns that rows can be sorted by. */
export type SortKey =
  | 'name'
  | 'scheduler'
  | 'method'
  | 'weight'
  | 'active'
  | 'inactive'
  | `rates.${Rate}`
  | `counters.${Rate}`;
type Rate = keyof RowFiguresRates;
type RowFiguresRates = NonNullable<RowFacts['figures']>['rates'];

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

export interface RowsWanted {
  readonly filter: string;
  readonly sort: Sort | null;
  /** Ids of services whose destinations are shown. With a filter, matching destinations are shown anyway. */
  readonly expanded: ReadonlySet<string>;
}

export function rowsOf(source: Source, { filter, sort, expanded }: RowsWanted): Row[] {
  const { topology } = source;
  const names = new Map(topology.nodes.map(({ id, name }) => [id, name]));
  const needle = filter.trim().toLowerCase();
  const services = topology.services.map((service) => ({ service, title: serviceTitle(topology, service) }));
  const sorted =
    sort === null
      ? services
      : bySort(services, sort, ({ service, title }) =>
          sortValue(sort.by, service, {
            title,
            facts: () => serviceFacts(source, service),
            weight: 0,
          }),
        );
  return sorted.flatMap(({ service, title }): Row[] => {
    const named = service.destinations.map((destination) => ({
      destination,
      nodeName: names.get(destination.nodeId) ?? destination.nodeId,
    }));
    const self = matches(needle, serviceWords(topology, service, title));
    const found = self
      ? named
      : named.filter(({ destination, nodeName }) => matches(needle, [nodeName, endpointOf(destination)]));
    if (!self && found.length === 0) return [];
    const isExpanded = expanded.has(service.id) || (needle !== '' && !self);
    const head: Row = { kind: 'service', id: service.id, service, title, expanded: isExpanded };
    if (!isExpanded) return [head];
    const inside =
      sort === null
        ? found
        : bySort(found, sort, ({ destination, nodeName }) =>
            sortValue(sort.by, service, {
              title: nodeName,
              facts: () => destinationFacts(source, service, destination),
              weight: destination.weight,
            }),
          );
    return [
      head,
      ...inside.map(
        ({ destination, nodeName }): Row => ({
          kind: 'destination',
          // Ids of destinations are unique in their service only.
          id: `${service.id}/${destination.id}`,
          service,
          destination,
          nodeName,
        }),
      ),
    ];
  });
}

const matches = (needle: string, words: readonly string[]): boolean =>
  needle === '' || words.some((word) => word.toLowerCase().includes(needle));

const methodWord = { masq: 'NAT', gate: 'DR', ipip: 'TUN' } as const;

function serviceWords(topology: Topology, service: VirtualService, title: string): string[] {
  const vip = topology.vips.find(({ id }) => id === service.at.vipId);
  const director = topology.nodes.find(({ id }) => id === vip?.directorId);
  return [
    title,
    service.scheduler,
    methodWord[service.method],
    director?.name ?? '',
    ...service.schedulerFlags,
  ];
}

interface Sortable {
  readonly title: string;
  readonly weight: number;
  readonly facts: () => RowFacts;
}

function sortValue(
  by: SortKey,
  service: VirtualService,
  { title, weight, facts }: Sortable,
): string | number {
  switch (by) {
    case 'name':
      return title;
    case 'scheduler':
      return service.scheduler;
    case 'method':
      return service.method;
    case 'weight':
      return weight;
    case 'active':
      return facts().figures?.active ?? -1;
    case 'inactive':
      return facts().figures?.inactive ?? -1;
    default:
      return figureOf(facts(), by) ?? -1;
  }
}

/** A rate or a total of a row; null while nothing was read. */
export function figureOf({ figures }: RowFacts, key: Extract<SortKey, `${string}.${string}`>): number | null {
  if (figures === null) return null;
  const [group, name] = splitKey(key);
  return figures[group][name];
}

/** `rates.inBytes` -> its two halves. The type of the key says that both exist. */
const splitKey = (key: string) => key.split('.') as ['rates' | 'counters', Rate];

/** Stable: rows that are equal stay as they were drawn. */
function bySort<T>(items: readonly T[], { descending }: Sort, value: (item: T) => string | number): T[] {
  const keyed = items.map((item) => ({ item, value: value(item) }));
  const direction = descending ? -1 : 1;
  return keyed.toSorted((a, b) => direction * compare(a.value, b.value)).map(({ item }) => item);
}

const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
