import type { HostFacts } from './host-facts.ts';
import { methodNames } from './method-names.ts';
import { directRepliesPassDirector } from './replies.ts';
import { valuesOf } from './switch-sysctls.ts';
import { type FactsByNode, switchProblem, type FoundProblem } from './switch-problem.ts';
import type { Node } from './topology.ts';
import type { TopologyIndex } from './topology-index.ts';
import type { Way } from './ways.ts';

/** What was found on the directors that would break the new way. */
export function problemsOfDirectors(
  index: TopologyIndex,
  ways: readonly Way[],
  facts: FactsByNode,
): FoundProblem[] {
  const byDirector = Map.groupBy(ways, ({ director }) => director);
  return [...byDirector].flatMap(([director, ofDirector]) => {
    const found = facts.get(director.id);
    if (!found) return [];
    return [
      ...problemsOfForwarding(index, ofDirector, found),
      ...problemsOfReuse(director, found),
      ...problemsOfGrowth(director, found),
      ...problemsOfWriters(director, found),
    ];
  });
}

/** IPVS replies are not tracked connections unless it is told to track them. */
function problemsOfForwarding(index: TopologyIndex, ways: readonly Way[], found: HostFacts): FoundProblem[] {
  const passing = ways.find((way) => way.method === 'masq' || directRepliesPassDirector(index, way));
  if (passing === undefined || valuesOf(found)('net.ipv4.vs.conntrack') === '1') return [];
  const { director, method } = passing;
  const path = ['nodes', director.id];
  const { forwardFilter } = found;
  switch (forwardFilter.kind) {
    case 'open':
      return [];
    case 'dropsUntracked': {
      const values = { node: director.name, rule: forwardFilter.rule, method: methodNames[method] };
      return [switchProblem('forwardDropsReplies', path, values)];
    }
    case 'unknown':
      return [switchProblem('forwardUnknown', path, { node: director.name, reason: forwardFilter.reason })];
  }
}

function problemsOfReuse(director: Node, found: HostFacts): FoundProblem[] {
  if (valuesOf(found)('net.ipv4.vs.conn_reuse_mode') !== '0') return [];
  return [switchProblem('connectionsReused', ['nodes', director.id], { node: director.name })];
}

/** The kernel's own bounds (ip_vs_ctl.c): at -8 the table is at its full size before it has twenty connections, and stays so. */
const LARGE_EARLY = -8;

/** Only kernels whose table grows have the sysctl: see docs/decisions/004. */
function problemsOfGrowth(director: Node, found: HostFacts): FoundProblem[] {
  const value = valuesOf(found)('net.ipv4.vs.conn_lfactor');
  if (value === undefined || Number(value) <= LARGE_EARLY) return [];
  return [switchProblem('tableGrows', ['nodes', director.id], { node: director.name, value })];
}

/** A unit fills the table once, when the machine starts; a process does it whenever it likes. */
function problemsOfWriters(director: Node, found: HostFacts): FoundProblem[] {
  return found.otherWriters.map(({ name, evidence }) => {
    const values = { node: director.name, writer: name, evidence };
    const path = ['nodes', director.id];
    return switchProblem(name.endsWith('.service') ? 'otherWriterAtBoot' : 'otherWriter', path, values);
  });
}
