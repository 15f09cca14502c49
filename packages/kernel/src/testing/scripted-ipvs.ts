// A kernel with an IPVS table for tests of what we ask and how: it only answers lookups, and forgets as told.
import {
  endpointText,
  type HostServiceWithDestinations,
  type ServiceKey,
  serviceKeyText,
} from '@signalbox/cluster';
import { encodeDestination } from '../ipvs/destination-codec.ts';
import { decodeServiceKey, encodeService } from '../ipvs/service-codec.ts';
import { command, present } from '../ipvs/tables.ts';
import { IPVS_CMD } from '../ipvs/uapi.ts';
import { table, type ValuesOf } from '../netlink/attributes.ts';
import { ByteWriter } from '../netlink/byte-writer.ts';
import { u16 } from '../netlink/fields.ts';
import { genericHeader, writeGenericHeader } from '../netlink/generic.ts';
import type { Frame } from '../netlink/message.ts';
import { answered, datagram, ended, type Reply, type ScriptedWire, scriptedWire } from './scripted-wire.ts';

export interface ScriptedIpvs {
  readonly wire: ScriptedWire;
  services: HostServiceWithDestinations[];
  /** The number of the family; null without IPVS. A message to another number is ENOENT. */
  family: number | null;
  /** Left out of dumps though they are there, as `serviceKeyText` or `endpointText` writes them. */
  readonly forgotten: Set<string>;
  /** How often each thing was asked: `GET_SERVICE`, `GET_SERVICE dump` ... */
  readonly asked: Map<string, number>;
}

const controller = 16;
const ENOENT = 2;
const ESRCH = 3;
const dumpFlag = 0x300;

export function scriptedIpvs(services: HostServiceWithDestinations[]): ScriptedIpvs {
  const kernel: ScriptedIpvs = {
    services,
    family: 28,
    forgotten: new Set(),
    asked: new Map(),
    wire: scriptedWire((messages) => messages.flatMap((message) => answerTo(kernel, message))),
  };
  return kernel;
}

function answerTo(kernel: ScriptedIpvs, message: Frame): Buffer[] {
  const { type, sequence } = message;
  const refuse = (errno: number) => [datagram(answered(sequence, errno))];
  if (type === controller) {
    if (kernel.family === null) return refuse(ENOENT);
    return [datagram(familyReply(sequence, kernel.family), answered(sequence))];
  }
  if (type !== kernel.family) return refuse(ENOENT);
  return isDump(message) ? dump(kernel, message) : lookUp(kernel, message);
}

const isDump = ({ flags }: Frame) => (flags & dumpFlag) === dumpFlag;

function count(kernel: ScriptedIpvs, what: string): void {
  kernel.asked.set(what, (kernel.asked.get(what) ?? 0) + 1);
}

function dump(kernel: ScriptedIpvs, message: Frame): Buffer[] {
  const { sequence } = message;
  const { verb, key } = request(message);
  const remembered = (text: string) => !kernel.forgotten.has(text);
  if (verb === IPVS_CMD.GET_SERVICE) {
    count(kernel, 'GET_SERVICE dump');
    const there = kernel.services.filter((service) => remembered(serviceKeyText(service.key)));
    return [datagram(...there.map((service) => serviceReply(kernel, sequence, service)), ended(sequence))];
  }
  count(kernel, 'GET_DEST dump');
  const { destinations = [] } = serviceOf(kernel, key) ?? {};
  const there = destinations.filter(({ address, port }) => remembered(endpointText(address, port)));
  const replies = there.map((each) =>
    reply(kernel, sequence, { command: IPVS_CMD.NEW_DEST, values: { destination: encodeDestination(each) } }),
  );
  return [datagram(...replies, ended(sequence))];
}

/** GET_SERVICE of one; everything else is acknowledged. */
function lookUp(kernel: ScriptedIpvs, message: Frame): Buffer[] {
  const { sequence } = message;
  const { verb, key } = request(message);
  if (verb !== IPVS_CMD.GET_SERVICE) return [datagram(answered(sequence))];
  count(kernel, 'GET_SERVICE');
  const service = serviceOf(kernel, key);
  if (service === undefined) return [datagram(answered(sequence, ESRCH))];
  return [datagram(serviceReply(kernel, sequence, service), answered(sequence))];
}

function request({ bytes, start, end }: Frame): { verb: number; key: ServiceKey | null } {
  const { command: verb } = genericHeader.decode(bytes, start, end);
  const { service } = command.decode(bytes, start + genericHeader.size, end);
  return { verb, key: service === undefined ? null : decodeServiceKey(service) };
}

function serviceOf(kernel: ScriptedIpvs, key: ServiceKey | null) {
  const text = serviceKeyText(present(key ?? undefined, 'service'));
  return kernel.services.find((service) => serviceKeyText(service.key) === text);
}

const serviceReply = (kernel: ScriptedIpvs, sequence: number, service: HostServiceWithDestinations): Reply =>
  reply(kernel, sequence, { command: IPVS_CMD.NEW_SERVICE, values: { service: encodeService(service) } });

interface Answer {
  readonly command: number;
  readonly values: ValuesOf<typeof command>;
}

function reply({ family }: ScriptedIpvs, sequence: number, { command: verb, values }: Answer): Reply {
  const writer = new ByteWriter();
  writeGenericHeader(writer, verb);
  command.encode(writer, values);
  return { type: family ?? 0, flags: 2, sequence, body: writer.written() };
}

const familyAttributes = table({ id: [1, u16] });

function familyReply(sequence: number, id: number): Reply {
  const writer = new ByteWriter();
  writeGenericHeader(writer, 1);
  familyAttributes.encode(writer, { id });
  return { type: controller, sequence, body: writer.written() };
}
