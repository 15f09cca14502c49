// What the command line can ask of a running console. Each answers a value for --json and lines for people.
import { setTimeout as delay } from 'node:timers/promises';
import type { Problem, Topology } from '@signalbox/cluster';
import type { TRPCClient } from '@trpc/client';
import type {
  CertificateNotice,
  ClusterView,
  HostReview,
  NodeAnswer,
  Review,
  RolloutView,
  SaveResult,
} from '../api/contract.ts';
import type { ConsoleRouter } from '../api/root.ts';

type Remote = TRPCClient<ConsoleRouter>;

/** 0: as asked. 3: refused, nothing was changed. 4: stopped half-way, what happened is in the answer. */
export type ExitCode = 0 | 3 | 4;

export interface Answer {
  readonly code: ExitCode;
  readonly value: unknown;
  readonly lines: readonly string[];
}

/** What an apply would do now. */
export async function preview(remote: Remote, clusterId: string): Promise<Answer> {
  const review = await remote.clusters.review.mutate({ clusterId });
  return { code: canApply(review) ? 0 : 3, value: review, lines: reviewLines(review) };
}

/** Reviews, applies exactly that, and waits for the end. */
export async function apply(remote: Remote, clusterId: string): Promise<Answer> {
  const review = await remote.clusters.review.mutate({ clusterId });
  if (!canApply(review)) return { code: 3, value: review, lines: reviewLines(review) };
  const digests = Object.fromEntries(
    review.hosts.flatMap((host) => (host.kind === 'ready' ? [[host.nodeId, host.digest]] : [])),
  );
  const { rolloutId } = await remote.rollouts.start.mutate({ clusterId, revision: review.revision, digests });
  const rollout = await ended(remote, rolloutId);
  return {
    code: rollout.state === 'done' ? 0 : 4,
    value: rollout,
    lines: [...reviewLines(review), ...rolloutLines(rollout)],
  };
}

/** Saves a topology as the next revision of the draft. */
export async function save(remote: Remote, clusterId: string, topology: Topology): Promise<Answer> {
  const { revision } = await remote.clusters.get.query({ clusterId });
  const result: SaveResult = await remote.clusters.save.mutate({ clusterId, revision, topology });
  if (result.kind === 'conflict')
    return { code: 3, value: result, lines: [`${result.by} saved at the same time. Nothing was saved.`] };
  const { cluster } = result;
  return {
    code: 0,
    value: cluster,
    lines: [`Saved revision ${cluster.revision}.`, ...problemLines(cluster.problems)],
  };
}

export interface Status {
  readonly cluster: ClusterView;
  readonly nodes: Readonly<Record<string, NodeAnswer>>;
}

/** The draft, what is applied, and what is on every node. */
export async function status(remote: Remote, clusterId: string): Promise<Answer> {
  const cluster = await remote.clusters.get.query({ clusterId });
  const answers = await Promise.all(
    cluster.topology.nodes.map(
      async ({ id }) => [id, await remote.nodes.get.query({ clusterId, nodeId: id })] as const,
    ),
  );
  const value: Status = { cluster, nodes: Object.fromEntries(answers) };
  const applied = cluster.applied
    ? `revision ${cluster.applied.revision} applied ${cluster.applied.at} by ${cluster.applied.by ?? 'the console itself'}`
    : 'nothing applied';
  return {
    code: 0,
    value,
    lines: [
      `${cluster.topology.name}: draft at revision ${cluster.revision}, ${applied}, ${cluster.changes.length} changes not applied`,
      ...problemLines(cluster.problems),
      ...answers.map(([id, answer]) => `${id}: ${nodeLine(answer)}`),
    ],
  };
}

const ASK_EVERY_MS = 250;
/** How often in a row the console may fail to answer: it goes on with the rollout when it was restarted. */
const FAILURES_ALLOWED = 240;

async function ended(remote: Remote, rolloutId: string): Promise<RolloutView> {
  for (let failures = 0; ; await delay(ASK_EVERY_MS)) {
    try {
      const rollout: RolloutView = await remote.rollouts.get.query({ rolloutId });
      if (rollout.state !== 'running') return rollout;
      failures = 0;
    } catch (error) {
      if (++failures > FAILURES_ALLOWED) throw error;
    }
  }
}

const isError = (problem: Problem) => problem.severity === 'error';

function canApply({ problems, hosts }: Review): boolean {
  return !problems.some(isError) && !hosts.some(blocks);
}

const blocks = (host: HostReview) =>
  (host.kind === 'unreachable' && host.blocking) || (host.kind === 'ready' && host.problems.some(isError));

const problemLines = (problems: readonly Problem[]) =>
  problems.map(({ severity, message }) => `${severity}: ${message}`);

const reviewLines = ({ problems, hosts }: Review) => [
  ...problemLines(problems),
  ...hosts.flatMap((host): string[] => {
    switch (host.kind) {
      case 'unreachable':
        return [`${host.nodeId}: ${host.message}${host.blocking ? '' : ' Nothing changes there.'}`];
      case 'noAgent':
        return host.operations.map(({ command }) => `${host.nodeId} (by hand): ${command}`);
      case 'ready':
        return [
          ...problemLines(host.problems).map((line) => `${host.nodeId}: ${line}`),
          ...host.operations.map(({ phase, command }) => `${host.nodeId} ${phase}: ${command}`),
        ];
    }
  }),
];

const rolloutLines = ({ state, failure, revision }: RolloutView) => [
  state === 'done' ? `Revision ${revision} is applied.` : `Stopped. ${failure ?? ''}`,
];

function nodeLine(answer: NodeAnswer): string {
  switch (answer.kind) {
    case 'none':
      return 'no agent';
    case 'notEnrolled':
      return 'has not joined';
    case 'unreachable':
      return answer.message;
    case 'answers':
      return `answers, kernel ${answer.node.support.kernelRelease}${unrenewed(answer.certificate)}`;
  }
}

const unrenewed = (certificate: CertificateNotice | null) =>
  certificate
    ? `. Its certificate ends on ${certificate.endsAt} and could not be renewed: ${certificate.problem}`
    : '';
