import { describe, expect, test } from 'vitest';
import { arpQuestions } from './arp-questions.ts';
import { canariesFor } from './canary-plan.ts';
import type { HostFacts } from './host-facts.ts';
import { type ArpOutcome, type CanaryOutcome, type ConnectOutcome, proofProblems } from './proof-problems.ts';
import type { SwitchOrder } from './switch-steps.ts';
import { oneArm, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const toDr: SwitchOrder = { services: ['web'], to: 'gate' };
const toNat: SwitchOrder = { services: ['web'], to: 'masq' };
const answered: ConnectOutcome = { kind: 'answered' };
const other = (kind: 'refused' | 'timedOut' | 'unreachable' | 'failed'): ConnectOutcome => ({
  kind,
  message: 'no port is free.',
});

/** Every probe with its outcome: answered, but for those that are named `client rs1`. */
const outcomes = (
  topology: Topology,
  order: SwitchOrder,
  results: Readonly<Record<string, ConnectOutcome>>,
): CanaryOutcome[] =>
  [...canariesFor(topology, order, ['client', 'director']).probes.values()]
    .flat()
    .map((probe) => ({ probe, result: results[`${probe.fromNodeId} ${probe.nodeId}`] ?? answered }));

const macs: Readonly<Record<string, string>> = { director: '02:00:00:00:00:05', rs1: '02:00:00:00:00:01' };
const facts = new Map<string, HostFacts>(
  Object.entries(macs).map(([id, mac]) => [
    id,
    {
      kernelRelease: '6.1.0',
      links: [{ name: 'eth0', mac, up: true }],
      sysctls: [],
      listeners: [],
      forwardFilter: { kind: 'open' },
      otherWriters: [],
      ipvsTimeouts: { tcp: 900, tcpFin: 0, udp: 300 },
      translatedPorts: [],
    },
  ]),
);

const found = (
  results: Readonly<Record<string, ConnectOutcome>>,
  { topology = oneArm(), order = toDr, arp = [] as ArpOutcome[] } = {},
) => {
  const problems = proofProblems(topology, order, {
    canaries: outcomes(topology, order, results),
    arp,
    facts,
  });
  for (const { message, values } of problems) {
    expect(message).not.toMatch(/[{}]|undefined/);
    for (const value of Object.values(values)) expect(message).toContain(value);
  }
  return problems.map(({ code, path, message }) => ({ code, path: path.join('/'), message }));
};
const codes = (...args: Parameters<typeof found>) => found(...args).map(({ code }) => code);
const byBoth = (server: string, result: ConnectOutcome) => ({
  [`director ${server}`]: result,
  [`client ${server}`]: result,
});

describe('canaries', () => {
  test('that were all answered prove it', () => {
    expect(found({})).toEqual([]);
  });

  test('that nobody got answered name the real server and the likely cause', () => {
    expect(found(byBoth('rs1', other('refused')))).toMatchObject([
      {
        code: 'canaryRefused',
        path: 'services/web/destinations/rs1',
        message: expect.stringContaining('nothing listens on 192.168.137.100:80'),
      },
    ]);
    expect(found(byBoth('rs2', other('timedOut')))).toMatchObject([
      { code: 'canaryTimedOut', message: expect.stringContaining('lets 192.168.137.100 in') },
    ]);
    expect(codes(byBoth('rs1', other('unreachable')))).toEqual(['canaryUnreachable']);
    expect(found(byBoth('rs1', other('failed')))).toMatchObject([
      { code: 'canaryNotTried', message: expect.stringContaining('no port is free. Try again.') },
    ]);
    const back = { topology: withWeb(oneArm(), { method: 'gate' }), order: toNat };
    expect(found(byBoth('rs1', other('timedOut')), back)).toMatchObject([
      { code: 'canaryTimedOutByNat', message: expect.stringContaining('replies go to director') },
    ]);
    expect(found(byBoth('rs1', other('refused')), back)[0]?.message).toContain('192.168.137.131:80');
  });

  test('of a UDP service may stay silent, which is said; a refusal is a refusal', () => {
    const at = { kind: 'address', protocol: 'udp', vipId: 'vip', port: 53 } as const;
    const topology = withWeb(oneArm(), { at });
    expect(found(byBoth('rs1', other('timedOut')), { topology })).toMatchObject([{ code: 'canarySilent' }]);
    expect(codes(byBoth('rs1', other('refused')), { topology })).toEqual(['canaryRefused']);
  });

  test('that only the director got answered point at the way of the replies', () => {
    expect(found({ 'client rs1': other('timedOut') })).toMatchObject([
      { code: 'canaryReplyLost', message: expect.stringContaining('rs1 > router > client') },
    ]);
    expect(found({ 'client rs1': other('timedOut'), 'client rs2': other('timedOut') })).toMatchObject([
      { code: 'canaryClientLost', path: 'services/web' },
    ]);
  });

  test('that one asker could not try are proven by another', () => {
    expect(found({ 'client rs1': other('failed'), 'director rs2': other('timedOut') })).toEqual([]);
  });
});

test('what was not tried is not proven', () => {
  const proof = { canaries: [], arp: [], facts };
  expect(proofProblems(oneArm(), toDr, proof)).toMatchObject([
    { code: 'canaryNotTried', values: { node: 'rs1', from: 'director' } },
    { code: 'canaryNotTried', values: { node: 'rs2' } },
  ]);
});

describe('ARP for the VIP', () => {
  const [question] = arpQuestions(oneArm(), toDr);
  const heard = (...replies: NonNullable<ArpOutcome['replies']>): { arp: ArpOutcome[] } => ({
    arp: question === undefined ? [] : [{ question, replies }],
  });

  test('answered by the director alone is silence', () => {
    expect(found({}, heard({ mac: macs['director'] ?? '', askedAs: 'host' }))).toEqual([]);
  });

  test('answered by another names it once', () => {
    const mac = '02:00:00:00:00:01';
    expect(
      found({}, heard({ mac, askedAs: 'nobody' }, { mac: mac.toUpperCase(), askedAs: 'host' })),
    ).toMatchObject([{ code: 'arpLeak', path: 'nodes/rs1' }]);
    expect(codes({}, heard({ mac, askedAs: 'host' }))).toEqual(['arpLeakByProxy']);
  });

  test('that could not be asked about is not silence', () => {
    const arp = question === undefined ? [] : [{ question, replies: null }];
    expect(codes({}, { arp })).toEqual(['arpNotAsked']);
  });

  test('answered by nobody we know gives the address to look for', () => {
    expect(found({}, heard({ mac: '02:00:00:00:00:99', askedAs: 'nobody' }))).toMatchObject([
      { code: 'arpLeakUnknown', message: expect.stringContaining('02:00:00:00:00:99') },
    ]);
  });
});
