// Builds the console of one process: everything behind the API, each part before those that need it.
import { type Database, openDatabase } from '@signalbox/db';
import { type AgentPool, createAgentPool } from './agents/agent-pool.ts';
import { CertificateRenewals } from './agents/renewals.ts';
import { loggedEvents } from './audit/logged-events.ts';
import { recordPutBacks } from './audit/record-put-backs.ts';
import { auditedAuth } from './auth/audited-auth.ts';
import { type Auth, createAuth } from './auth/auth.ts';
import { createSetup } from './auth/setup.ts';
import { openCertificateAuthority } from './ca/certificate-authority.ts';
import { renewingCredentials } from './ca/renewing-credentials.ts';
import { loadTrustList, type TrustList } from './ca/trust-list.ts';
import { nodesToCover } from './clusters/cluster-view.ts';
import { clusterOf, createClusters, followCluster } from './clusters/clusters.ts';
import type { Console, NodeRef } from './console.ts';
import type { Enrolment } from './enrolment/enrol.ts';
import { listenForEnrolment } from './enrolment/enrolment-listener.ts';
import type { ListenAddress } from './http/listen.ts';
import { Hub } from './hub/hub.ts';
import { type Log, logToStdout } from './log.ts';
import { createNodes, revokeNode } from './nodes.ts';
import { openDataFolder } from './process/data-folder.ts';
import { ProbeService } from './probes/probes.ts';
import { RolloutService } from './rollouts/rollouts.ts';
import { SwitchService } from './switches/switches.ts';

export interface EnrolmentOptions {
  readonly listen: ListenAddress;
  /** How nodes reach it, where that is not the address it listens on. */
  readonly advertise: ListenAddress | null;
}

export interface ConsoleOptions {
  readonly data: string;
  /** Browsers reach us by HTTPS. */
  readonly secure: boolean;
  /** Null: nodes cannot join. */
  readonly enrolment: EnrolmentOptions | null;
  readonly now?: () => Date;
  /** Where the audit trail is written line by line, beside the database: standard output when nothing else is said. */
  readonly log?: Log;
}

export interface StartedConsole {
  readonly console: Console;
  readonly auth: Auth;
  /** Where nodes join; null when they cannot. */
  readonly enrolAt: ListenAddress | null;
  /** Drops browsers' streams so that they come back; requests go on being answered. */
  endStreams(): void;
  /** Closes everything and frees the data folder. Rollouts that run are left for the next process. */
  close(): Promise<void>;
}

/** @throws DataFolderInUse, or with what is wrong with the database or an address. */
export async function startConsole(options: ConsoleOptions): Promise<StartedConsole> {
  await using cleanup = new AsyncDisposableStack();
  const now = options.now ?? (() => new Date());
  const folder = await openDataFolder(options.data);
  cleanup.defer(() => folder.release());
  const opened = await openDatabase(folder.database, now);
  cleanup.defer(() => opened.close());
  const log = options.log ?? logToStdout;
  const database = { ...opened, events: loggedEvents(opened.events, log) };
  const authority = await openCertificateAuthority(folder.ca, now);
  const trust = await loadTrustList(database.trust);
  const credentials = await renewingCredentials(authority, now);
  cleanup.defer(() => credentials.stop());
  const pool = createAgentPool({ trust, credentials, ca: authority.certificate });
  cleanup.defer(() => pool.close());
  const hub = new Hub({ pool, trust, now });
  cleanup.defer(() => hub.close());
  const renewals = new CertificateRenewals({ database, authority, trust, pool, now });
  hub.onAnswer((node, agent) => void renewals.answered(node, agent));
  cleanup.defer(() => renewals.close());
  hub.onPutBack(recordPutBacks(database.events));
  const room = { database, pool, hub };
  const rollouts = new RolloutService({ ...room, applied: forgetUndrawn({ database, trust, pool }) });
  cleanup.defer(() => rollouts.close());
  const switches = new SwitchService({ ...room, rollouts, now });
  cleanup.defer(() => switches.close());
  const probes = new ProbeService({ ...room, now });
  cleanup.defer(() => probes.endWatchers());

  for (const { id } of await database.clusters.list()) followCluster(hub, await clusterOf(database, id));
  await rollouts.resume();
  await switches.resume();
  const enrolled = ({ clusterId }: NodeRef) => followAgain(database, hub, clusterId);
  const enrolAt = await openEnrolment({ database, authority, trust, enrolled }, options.enrolment, cleanup);

  const started = cleanup.move();
  return {
    console: {
      setup: createSetup(database),
      clusters: createClusters(room),
      rollouts,
      switches,
      probes,
      live: hub,
      nodes: createNodes({ ...room, trust, renewals, authority, enrolAt, now }),
    },
    auth: auditedAuth(
      createAuth({ database, secret: folder.secret, secure: options.secure, log }),
      database.events,
    ),
    enrolAt,
    endStreams: () => {
      hub.endWatchers();
      rollouts.endWatchers();
      switches.endWatchers();
      probes.endWatchers();
    },
    close: () => started.disposeAsync(),
  };
}

/** After an apply, nodes that are neither drawn nor applied have been cleaned up, and are trusted no longer. */
function forgetUndrawn(room: { database: Database; trust: TrustList; pool: AgentPool }) {
  return async (cluster: Parameters<typeof nodesToCover>[0]) => {
    const kept = new Set(nodesToCover(cluster).map((node) => node.id));
    for (const nodeId of room.trust.nodesOf(cluster.id))
      if (!kept.has(nodeId)) await revokeNode(room, { clusterId: cluster.id, nodeId }, null);
  };
}

function followAgain(database: Database, hub: Hub, clusterId: string): void {
  clusterOf(database, clusterId).then(
    (cluster) => followCluster(hub, cluster),
    (error: unknown) => console.error(`Following ${clusterId} again failed:`, error),
  );
}

async function openEnrolment(
  enrolment: Enrolment,
  options: EnrolmentOptions | null,
  cleanup: AsyncDisposableStack,
): Promise<ListenAddress | null> {
  if (!options) return null;
  const listener = await listenForEnrolment(enrolment, options.listen);
  cleanup.defer(() => listener.close());
  return options.advertise ?? listener.address;
}
