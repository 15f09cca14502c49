import { expect, test } from 'vitest';
import { twoArms } from '../../server/testing/two-arms.ts';
import { answering, destinationRead, heard, webRead } from '../testing/readings.ts';
import { ratesOf, wiresOf } from './wires.ts';
import { waysOf } from './wiring.ts';

const drawing = twoArms({});
const itself = (id: string) => id;
const framed = (id: string) => (id.startsWith('rs') ? 'frame' : id);
const web = webRead([destinationRead('192.168.137.131', 30), destinationRead('192.168.137.130', 10)]);
const hosts = heard(answering('director', 0, { services: [web] }));

test('under NAT replies come back through the director', () => {
  expect(wiresOf(drawing, waysOf(drawing), itself).map(({ id }) => id)).toEqual([
    'request client director',
    'request director rs1',
    'reply masq rs1 director',
    'reply masq director client',
    'request director rs2',
    'reply masq rs2 director',
  ]);
});

test('wires that several ways share carry the sum of their traffic', () => {
  const rates = ratesOf(waysOf(drawing), hosts, itself);

  expect(rates.get('request director rs1')).toBe(30_000);
  expect(rates.get('request client director')).toBe(40_000);
  expect(rates.get('reply masq director client')).toBe(320_000);
});

test('a frame stands for the real servers inside it, and nothing leads from it to itself', () => {
  expect(wiresOf(drawing, waysOf(drawing), framed).map(({ id }) => id)).toEqual([
    'request client director',
    'request director frame',
    'reply masq frame director',
    'reply masq director client',
  ]);
  expect(ratesOf(waysOf(drawing), hosts, framed).get('request director frame')).toBe(40_000);
});

test('under DR what the director does not see is not said', () => {
  const services = drawing.services.map((service) => ({ ...service, method: 'gate' as const }));
  const rates = ratesOf(waysOf({ ...drawing, services }), hosts, itself);

  expect(rates.get('request director rs1')).toBe(30_000);
  expect([...rates.keys()].filter((id) => id.startsWith('reply'))).toEqual([]);
});

test('a director nobody heard of moves nothing', () => {
  expect(ratesOf(waysOf(drawing), heard(), itself).size).toBe(0);
});

test('many services over the same machines are one way each, however many they are', () => {
  const services = Array.from({ length: 500 }, (_, i) =>
    drawing.services.map((service) => ({
      ...service,
      id: `s${i}`,
      at: { ...service.at, port: 1000 + i },
    })),
  ).flat();

  expect(waysOf({ ...drawing, services })).toHaveLength(2);
});
