// Two operators changed the same drawing: mine on top of theirs, where it does not touch what they changed.
import type { Topology, TopologyChange } from '@signalbox/cluster';
import { diffTopology } from '@signalbox/cluster';

export interface Merged {
  readonly topology: Topology;
  /** My changes that are in it. */
  readonly kept: readonly TopologyChange[];
  /** My changes that touched what they changed, and are left out. */
  readonly skipped: readonly TopologyChange[];
}

/** `base`: the drawing that both started from. */
export function mergeDrawings(base: Topology, mine: Topology, theirs: Topology): Merged {
  const topology = withoutOrphans(merged({ base, mine, theirs }), theirs);
  const kept = diffTopology(theirs, topology);
  const settled = new Set([
    ...kept.map(identity),
    // What we both did is in theirs already.
    ...diffTopology(base, theirs).map(outcome),
  ]);
  const skipped = diffTopology(base, mine).filter(
    (change) => !settled.has(identity(change)) && !settled.has(outcome(change)),
  );
  return { topology, kept, skipped };
}

const outcome = (change: TopologyChange): string => `${identity(change)} = ${change.to ?? ''}`;

const identity = ({ kind, object, path, field }: TopologyChange): string =>
  [kind, object, ...path, field ?? ''].join('/');

interface Three<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

/** Field by field; lists of things with an `id` thing by thing. Where both changed the same, theirs stands. */
function merged<T>({ base, mine, theirs }: Three<T>): T {
  if (same(mine, base) || same(mine, theirs)) return theirs;
  if (same(theirs, base)) return mine;
  if (isList(base) && isList(mine) && isList(theirs)) {
    // Sound: a list of things merges into a list of the same things.
    return mergedList({ base, mine, theirs }) as T;
  }
  if (isThing(base) && isThing(mine) && isThing(theirs)) {
    const fields = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    const entries = [...fields].map((field) => [
      field,
      merged({ base: base[field], mine: mine[field], theirs: theirs[field] }),
    ]);
    return Object.fromEntries(entries) as T;
  }
  return theirs;
}

interface Thing {
  readonly id: string;
  readonly [field: string]: unknown;
}

function mergedList({ base, mine, theirs }: Three<readonly Thing[]>): Thing[] {
  const was = byId(base);
  const ours = byId(mine);
  const result: Thing[] = [];
  for (const their of theirs) {
    const before = was.get(their.id);
    const our = ours.get(their.id);
    if (our) result.push(merged({ base: before ?? their, mine: our, theirs: their }));
    // I removed it: it stays when they changed it meanwhile, or made it.
    else if (!before || !same(before, their)) result.push(their);
  }
  const known = byId(theirs);
  // What I added. What they removed stays removed, though I may have changed it.
  return [...result, ...mine.filter(({ id }) => !known.has(id) && !was.has(id))];
}

const byId = (things: readonly Thing[]) => new Map(things.map((thing) => [thing.id, thing]));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The drawing itself and what has an id; an address or a position is one value, taken whole. */
const isThing = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && ('id' in value || 'networks' in value);

const isList = (value: unknown): value is readonly Thing[] =>
  Array.isArray(value) && value.every((item) => isObject(item) && 'id' in item);

/** Values are plain JSON with keys in the order of their schema. */
const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What I added to something they removed cannot stand alone. What they have is theirs to keep. */
function withoutOrphans(topology: Topology, theirs: Topology): Topology {
  const refersTo = new Set([...topology.vips, ...topology.nodes, ...topology.networks].map(({ id }) => id));
  const kept = new Set(
    [
      theirs.services,
      ...theirs.services.map(({ destinations }) => destinations),
      ...theirs.nodes.map(({ interfaces }) => interfaces),
    ]
      .flat()
      .map(({ id }) => id),
  );
  const stands = (id: string, reference: string) => kept.has(id) || refersTo.has(reference);
  return {
    ...topology,
    nodes: topology.nodes.map((node) => ({
      ...node,
      interfaces: node.interfaces.filter(({ id, networkId }) => stands(id, networkId)),
    })),
    services: topology.services
      .filter(({ id, at }) => stands(id, at.vipId))
      .map((service) => ({
        ...service,
        destinations: service.destinations.filter(({ id, nodeId }) => stands(id, nodeId)),
      })),
  };
}
