// Sets up a data folder from a file, before the console first runs: administrator, cluster, and a join token per agent.
import { Topology } from '@signalbox/cluster';
import { type Database, openDatabase } from '@signalbox/db';
import * as z from 'zod';
import { NewAdministrator } from '../api/new-administrator.ts';
import { createFirstAdministrator } from '../server/auth/setup.ts';
import { openCertificateAuthority } from '../server/ca/certificate-authority.ts';
import { clusterIds } from '../server/clusters/cluster-id.ts';
import { repeatedId } from '../server/clusters/repeated-id.ts';
import { joinTokenExpiry, joinTokenHash, newJoinToken } from '../server/enrolment/join-token.ts';
import { openDataFolder } from '../server/process/data-folder.ts';
import { ConsoleRefusal } from '../server/refusal.ts';

export const ProvisionFile = z.object({ administrator: NewAdministrator, cluster: Topology });
export type ProvisionFile = z.infer<typeof ProvisionFile>;

export interface Provisioned {
  readonly clusterId: string;
  /** The CA's key fingerprint, as join commands carry it. */
  readonly ca: string;
  /** By node id, for every node that has an agent. Each joins its node once, within 15 minutes. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly administrator: { readonly email: string };
}

/**
 * @throws ConsoleRefusal when the folder has been set up before, or the file repeats an id; DataFolderInUse when a console
 * runs on it.
 */
export async function provision(data: string, file: ProvisionFile): Promise<Provisioned> {
  const twice = repeatedId(file.cluster);
  if (twice !== null) throw new ConsoleRefusal('invalid', `The id ${twice} is used twice in the file.`);
  await using cleanup = new AsyncDisposableStack();
  const folder = await openDataFolder(data);
  cleanup.defer(() => folder.release());
  const database = await openDatabase(folder.database);
  cleanup.defer(() => database.close());
  const authority = await openCertificateAuthority(folder.ca, () => new Date());
  const { administrator, cluster } = file;
  if (!(await createFirstAdministrator(database, administrator)))
    throw new ConsoleRefusal('forbidden', `${data} has been set up before: it has an administrator already.`);
  const clusterId = await createCluster(database, cluster, administrator.name);
  const tokens: Record<string, string> = {};
  for (const node of cluster.nodes)
    if (node.agent)
      tokens[node.id] = await createToken(database, { clusterId, nodeId: node.id }, administrator.email);
  return { clusterId, ca: authority.fingerprint, tokens, administrator: { email: administrator.email } };
}

async function createCluster(database: Database, topology: Topology, by: string): Promise<string> {
  for (const clusterId of clusterIds(topology.name))
    if (await database.clusters.create({ clusterId, topology, by })) return clusterId;
  throw new Error('No id is left for this cluster.');
}

async function createToken(
  database: Database,
  node: { clusterId: string; nodeId: string },
  by: string,
): Promise<string> {
  const token = newJoinToken();
  await database.trust.addToken({
    ...node,
    hash: joinTokenHash(token),
    by,
    expiresAt: joinTokenExpiry(new Date()),
  });
  return token;
}
