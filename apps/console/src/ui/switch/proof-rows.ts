// Proofs: what was tried of each real server, and who answered ARP. Pure.
import type { SwitchProof } from '../../api/switch-contract.ts';

export interface ProofRow {
  /** The real server that a request was sent through. */
  readonly nodeId: string;
  readonly state: SwitchProof['state'];
  readonly milliseconds: number | null;
  /** Requests through it: one for each service. */
  readonly tries: number;
}

const worst: readonly SwitchProof['state'][] = ['proven', 'notTried', 'failed'];

/** One row per real server: the worst of its tries counts, and of equals the slowest. Failures first. */
export function proofRows(proofs: readonly SwitchProof[]): ProofRow[] {
  const rows = new Map<string, ProofRow>();
  for (const { nodeId, kind, state, milliseconds } of proofs) {
    if (kind !== 'canary') continue;
    const row = rows.get(nodeId);
    const next = { nodeId, state, milliseconds, tries: (row?.tries ?? 0) + 1 };
    rows.set(nodeId, row && !isWorse(next, row) ? { ...row, tries: next.tries } : next);
  }
  return [...rows.values()].toSorted((a, b) => worst.indexOf(b.state) - worst.indexOf(a.state));
}

function isWorse(a: ProofRow, b: ProofRow): boolean {
  const difference = worst.indexOf(a.state) - worst.indexOf(b.state);
  return difference > 0 || (difference === 0 && (a.milliseconds ?? 0) > (b.milliseconds ?? 0));
}

/** Whether somebody but the director answers for a VIP; null when nobody was asked. */
export function arpState(proofs: readonly SwitchProof[]): SwitchProof['state'] | null {
  const asked = proofs.filter(({ kind }) => kind === 'arp').map(({ state }) => state);
  return asked.toSorted((a, b) => worst.indexOf(b) - worst.indexOf(a))[0] ?? null;
}

export interface ProofCount {
  /** Real servers that answered every request. */
  readonly answered: number;
  readonly of: number;
  readonly failed: number;
}

export function proofCount(proofs: readonly SwitchProof[]): ProofCount {
  const rows = proofRows(proofs);
  return {
    answered: rows.filter(({ state }) => state === 'proven').length,
    of: rows.length,
    failed: proofs.filter(({ state }) => state === 'failed').length,
  };
}
