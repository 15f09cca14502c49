// Proofs, one row per real server. Pure.
import type { SwitchProof } from '../../api/switch-contract.ts';

export interface ProofCell {
  readonly state: SwitchProof['state'];
  readonly milliseconds: number | null;
}

export interface ProofRow {
  readonly nodeId: string;
  readonly canary: ProofCell | null;
  readonly arp: ProofCell | null;
  readonly listener: ProofCell | null;
}

const worst: readonly SwitchProof['state'][] = ['proven', 'notTried', 'failed'];

/** A server in many services was tried for each: the worst of them counts, and of equals the slowest. Failures first. */
export function proofRows(proofs: readonly SwitchProof[]): ProofRow[] {
  const rows = new Map<string, ProofRow>();
  for (const { nodeId, kind, state, milliseconds } of proofs) {
    const row = rows.get(nodeId) ?? { nodeId, canary: null, arp: null, listener: null };
    rows.set(nodeId, { ...row, [kind]: worse(row[kind], { state, milliseconds }) });
  }
  return [...rows.values()].toSorted((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)));
}

export const hasFailed = ({ canary, arp, listener }: ProofRow): boolean =>
  [canary, arp, listener].some((cell) => cell?.state === 'failed');

function worse(a: ProofCell | null, b: ProofCell): ProofCell {
  if (a === null) return b;
  const difference = worst.indexOf(b.state) - worst.indexOf(a.state);
  if (difference !== 0) return difference > 0 ? b : a;
  return (b.milliseconds ?? 0) > (a.milliseconds ?? 0) ? b : a;
}

export interface ProofCount {
  readonly servers: number;
  readonly tried: number;
  readonly of: number;
  readonly failed: number;
}

export const proofCount = (proofs: readonly SwitchProof[]): ProofCount => ({
  servers: new Set(proofs.filter(({ kind }) => kind === 'canary').map(({ nodeId }) => nodeId)).size,
  tried: proofs.filter(({ state }) => state !== 'notTried').length,
  of: proofs.length,
  failed: proofs.filter(({ state }) => state === 'failed').length,
});
