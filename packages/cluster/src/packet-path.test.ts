import { describe, expect, test } from 'vitest';
import { replyPath, requestPath } from './packet-path.ts';
import { device, ip, node, oneArm, twoArms, withNode, withWeb } from './testing/drawings.ts';
import type { Topology } from './topology.ts';

const withoutClient = (topology: Topology): Topology => ({
  ...topology,
  nodes: topology.nodes.filter(({ kind }) => kind !== 'client'),
});

describe('a request', () => {
  test('goes over the director with two arms', () => {
    expect(requestPath(twoArms(), 'web', 'rs1')).toEqual(['client', 'director', 'rs1']);
  });

  test('goes over the router to a director behind it', () => {
    expect(requestPath(oneArm(), 'web', 'rs2')).toEqual(['client', 'router', 'director', 'rs2']);
  });

  test('starts at the director where no client is drawn', () => {
    expect(requestPath(withoutClient(oneArm()), 'web', 'rs1')).toEqual(['director', 'rs1']);
  });

  test('ends where the drawing knows no way on', () => {
    const lost = withNode(oneArm(), 'client', () => ({ gateway: null }));
    expect(requestPath(lost, 'web', 'rs1')).toEqual(['client']);
  });
});

describe('a reply under NAT', () => {
  test('goes by the gateway when that is the director', () => {
    expect(replyPath(twoArms(), 'web', 'rs1')).toEqual(['rs1', 'director', 'client']);
  });

  test('goes by the rule when it is not', () => {
    expect(replyPath(oneArm(), 'web', 'rs1')).toEqual(['rs1', 'director', 'router', 'client']);
  });

  test('goes by the rule to a client beside the real server', () => {
    const near = node('near', 'client', { interfaces: [device('eth0', 'inner', '192.168.137.50/24')] });
    const topology = { ...withoutClient(twoArms()), nodes: [...withoutClient(twoArms()).nodes, near] };
    expect(replyPath(topology, 'web', 'rs1')).toEqual(['rs1', 'director', 'near']);
  });

  test('goes to the edge of the drawing where no client is drawn', () => {
    expect(replyPath(withoutClient(oneArm()), 'web', 'rs1')).toEqual(['rs1', 'director', 'router']);
  });
});

describe('a reply under DR', () => {
  test('goes past the director behind a router, and over it with two arms, as routes have it', () => {
    expect(replyPath(withWeb(oneArm(), { method: 'gate' }), 'web', 'rs1')).toEqual([
      'rs1',
      'router',
      'client',
    ]);
    expect(replyPath(withWeb(twoArms(), { method: 'gate' }), 'web', 'rs1')).toEqual([
      'rs1',
      'director',
      'client',
    ]);
  });
});

describe('a reply under DR from a real server whose gateway is the director', () => {
  const behind = withNode(withWeb(oneArm(), { method: 'gate' }), 'rs1', () => ({
    gateway: ip('192.168.137.132'),
  }));

  test('goes by the rule to the router that leads to the clients', () => {
    expect(replyPath(behind, 'web', 'rs1')).toEqual(['rs1', 'router', 'client']);
    expect(replyPath(withoutClient(behind), 'web', 'rs1')).toEqual(['rs1', 'router']);
  });

  test('goes over the director where no router does', () => {
    const dead = withNode(behind, 'router', ({ interfaces }) => ({ interfaces: interfaces.slice(1) }));
    expect(replyPath(dead, 'web', 'rs1')).toEqual(['rs1', 'director', 'router']);
  });
});

describe('a path', () => {
  test('of gateways that point at each other ends', () => {
    const away = node('away', 'client', { interfaces: [device('eth0', 'far', '203.0.113.9/24')] });
    const loop = withNode(withWeb(oneArm(), { method: 'gate' }), 'router', () => ({
      gateway: ip('192.168.137.131'),
    }));
    const topology = { ...withoutClient(loop), nodes: [...withoutClient(loop).nodes, away] };
    expect(replyPath(topology, 'web', 'rs1')).toEqual(['rs1', 'router']);
  });

  test('of what does not exist is empty', () => {
    expect(replyPath(oneArm(), 'gone', 'rs1')).toEqual([]);
    expect(requestPath(oneArm(), 'web', 'gone')).toEqual([]);
    expect(requestPath({ ...oneArm(), vips: [] }, 'web', 'rs1')).toEqual([]);
  });
});
