import { expect, test } from 'vitest';
import { arpQuestions, preparesBystanders } from './arp-questions.ts';
import type { SwitchOrder } from './switch-steps.ts';
import { device, ip, node, oneArm, twoArms, withWeb } from './testing/drawings.ts';

const toDr: SwitchOrder = { services: ['web'], to: 'gate' };
const toNat: SwitchOrder = { services: ['web'], to: 'masq' };

test('ARP for each VIP is asked by its director on every link shared with the real servers, under DR alone', () => {
  expect(arpQuestions(oneArm(), toDr)).toEqual([
    {
      directorId: 'director',
      interface: 'eth0',
      address: ip('192.168.137.100'),
      from: ip('192.168.137.132'),
    },
  ]);
  expect(arpQuestions(twoArms(), toDr)).toMatchObject([{ interface: 'eth1', from: ip('192.168.137.129') }]);
  expect(arpQuestions(withWeb(oneArm(), { method: 'gate' }), toNat)).toEqual([]);
});

test('getting ready changes no bystander, unless a router has to begin to forward replies', () => {
  expect(preparesBystanders(oneArm(), toDr)).toBe(false);
  expect(preparesBystanders(twoArms(), toDr)).toBe(false);
  const router = node('router', 'router', {
    interfaces: [device('eth0', 'outer', '192.168.0.1/24'), device('eth1', 'inner', '192.168.137.1/24')],
  });
  const besideRouter = { ...twoArms(), nodes: [...twoArms().nodes, router] };
  expect(preparesBystanders(besideRouter, toDr)).toBe(true);
});
