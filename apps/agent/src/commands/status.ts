import { X509Certificate } from 'node:crypto';
import { agentRole } from '@signalbox/agent-api';
import { nothingAccepted, rolloutState } from '../agent/acceptance.ts';
import { memoryFiles, progressOf } from '../agent/memory.ts';
import { keyFingerprint } from '../join/pinned-ca.ts';
import { OperatorError } from '../operator-error.ts';
import { type Identity, loadIdentity } from '../state/identity.ts';

/** Who this host is and what it accepted, line by line: what is on its disk, without asking the agent or the kernel. */
export async function status(folder: string): Promise<string[]> {
  const identity = await loadIdentity(folder);
  if (!identity) throw new OperatorError('This host has not joined a console.');
  return [...identityLines(identity), ...(await acceptedLines(folder))];
}

function identityLines(identity: Identity): string[] {
  const certificate = new X509Certificate(identity.certificate);
  return [
    `node         ${identity.nodeId} (${agentRole(identity.nodeId)})`,
    `console      ${identity.console}, joined ${identity.joinedAt}`,
    `certificate  until ${new Date(certificate.validTo).toISOString()}, SHA-256 ${certificate.fingerprint256}`,
    `console CA   ${keyFingerprint(new X509Certificate(identity.ca))}`,
  ];
}

async function acceptedLines(folder: string): Promise<string[]> {
  const files = memoryFiles(folder);
  const accepted = (await files.accepted.read()) ?? nothingAccepted;
  const progress = progressOf(accepted, await files.progress.read());
  const ledger = await files.ledger.read();
  if (!accepted.current) return ['accepted     nothing'];
  const { rollout, step, state } = rolloutState(accepted.current, progress, false);
  return [
    `accepted     rollout ${rollout} step ${step} (epoch ${accepted.epoch}): ${state}`,
    `ours         ${Object.keys(ledger?.objects ?? {}).length} objects, ${ledger?.sysctls.length ?? 0} sysctls`,
  ];
}
