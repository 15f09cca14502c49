import { expect, test } from 'vitest';
import type { SwitchProof } from '../../api/switch-contract.ts';
import { arpState, proofCount, proofRows } from './proof-rows.ts';

const canary = (
  nodeId: string,
  state: SwitchProof['state'],
  milliseconds: number | null = null,
): SwitchProof => ({ kind: 'canary', nodeId, fromNodeId: 'client', serviceId: 'web', state, milliseconds });
const arp = (state: SwitchProof['state']): SwitchProof => ({
  kind: 'arp',
  nodeId: 'director',
  fromNodeId: 'director',
  serviceId: null,
  state,
  milliseconds: null,
});

test('a real server in many services is one row: its worst try, else its slowest', () => {
  const proofs = [
    canary('rs1', 'proven', 1),
    canary('rs1', 'proven', 3),
    canary('rs1', 'proven', 2),
    canary('rs2', 'proven', 1),
    canary('rs2', 'failed'),
  ];

  expect(proofRows(proofs)).toEqual([
    { nodeId: 'rs2', state: 'failed', milliseconds: null, tries: 2 },
    { nodeId: 'rs1', state: 'proven', milliseconds: 3, tries: 3 },
  ]);
  expect(proofCount(proofs)).toEqual({ answered: 1, of: 2, failed: 1 });
});

test('one host that answers ARP for a VIP is enough to fail', () => {
  expect(arpState([])).toBeNull();
  expect(arpState([arp('proven'), arp('proven')])).toBe('proven');
  expect(arpState([arp('proven'), arp('failed')])).toBe('failed');
  expect(proofRows([arp('failed')])).toEqual([]);
});
