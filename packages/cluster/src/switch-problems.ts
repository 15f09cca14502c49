// What stands in the way of a switch, before anything is done.
import { MOST_CANARIES } from './canary.ts';
import { methodNames } from './method-names.ts';
import { movedWays } from './moved-ways.ts';
import { problemsOf } from './problems.ts';
import { directRepliesPassDirector } from './replies.ts';
import {
  type FactsByNode,
  type FoundProblem,
  switchProblem,
  type SwitchProblem,
  withFix,
} from './switch-problem.ts';
import { problemsOfDirectors } from './switch-problems-of-directors.ts';
import { problemsOfRealServers } from './switch-problems-of-real-servers.ts';
import { goesBy, methodsOf, type SwitchOrder, withMethod } from './switch-steps.ts';
import type { Topology } from './topology.ts';
import { serviceName, type TopologyIndex, topologyIndex } from './topology-index.ts';
import type { Way } from './ways.ts';

/** Every rule that the switch would break, of the drawing and of what was found on the hosts. */
export function switchProblems(topology: Topology, order: SwitchOrder, facts: FactsByNode): SwitchProblem[] {
  const index = topologyIndex(topology);
  const ways = movedWays(index, order);
  const found = once([
    ...problemsOfOrder(index, order),
    ...problemsOfGoal(topology, order),
    ...problemsOfCount(ways),
    ...problemsOfAgents(topology, ways, facts),
    ...problemsOfSaving(index, ways),
    ...problemsOfDirectors(index, ways, facts),
    ...problemsOfRealServers(index, ways, facts),
  ]);
  return found.map(withFix);
}

function problemsOfOrder(index: TopologyIndex, { services, to }: SwitchOrder): FoundProblem[] {
  const ordered = index.topology.services.filter(({ id }) => services.includes(id));
  return ordered.flatMap((service): FoundProblem[] => {
    const path = ['services', service.id, 'method'];
    const values = { service: serviceName(index, service), method: methodNames[to] };
    if (goesBy(service, to)) return [switchProblem('alreadyThatWay', path, values)];
    return methodsOf(service).length > 1 ? [switchProblem('mixedMethods', path, values)] : [];
  });
}

/** What would be wrong with the drawing afterwards: a translated port, a method that is not there yet. */
function problemsOfGoal(topology: Topology, order: SwitchOrder): FoundProblem[] {
  const ordered = topology.services.filter(
    (one) => order.services.includes(one.id) && !goesBy(one, order.to),
  );
  const after = withMethod(topology, { services: ordered.map(({ id }) => id), to: order.to });
  const now = new Set(problemsOf(topology).map(textOf));
  const moving = new Set(ordered.map(({ id }) => id));
  return problemsOf(after).filter(
    (one) => !now.has(textOf(one)) || (one.severity === 'error' && moving.has(one.path[1] ?? '')),
  );
}

function problemsOfCount(ways: readonly Way[]): FoundProblem[] {
  if (ways.length <= MOST_CANARIES) return [];
  const values = { count: String(ways.length), most: String(MOST_CANARIES) };
  return [switchProblem('tooManyCanaries', ['services'], values)];
}

function problemsOfAgents(topology: Topology, ways: readonly Way[], facts: FactsByNode): FoundProblem[] {
  const directors = new Set(ways.map(({ director }) => director.id));
  const nodes = new Set([...directors, ...ways.map(({ realServer }) => realServer.id)]);
  return topology.nodes
    .filter(({ id }) => nodes.has(id) && (facts.get(id) ?? null) === null)
    .map(({ id, name, agent }) => {
      const without = directors.has(id) ? 'directorWithoutAgent' : 'realServerWithoutAgent';
      return switchProblem(agent === null ? without : 'agentSilent', ['nodes', id], { node: name });
    });
}

function problemsOfSaving(index: TopologyIndex, ways: readonly Way[]): FoundProblem[] {
  return [...Map.groupBy(ways, ({ service }) => service.id).values()].flatMap((ofService) => {
    const [first] = ofService;
    const all = ofService.every((way) => way.method === 'gate' && directRepliesPassDirector(index, way));
    if (first === undefined || !all) return [];
    const values = { service: serviceName(index, first.service), director: first.director.name };
    return [switchProblem('directSavesNothing', ['services', first.service.id, 'method'], values)];
  });
}

const textOf = ({ code, path, message }: Pick<FoundProblem, 'code' | 'path' | 'message'>) =>
  JSON.stringify([code, path, message]);

const once = (problems: readonly FoundProblem[]): FoundProblem[] => [
  ...new Map(problems.map((one) => [textOf(one), one])).values(),
];
