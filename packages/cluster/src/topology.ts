import * as z from 'zod';
import { Address, Cidr } from './address.ts';
import { ForwardingMethod, Persistence, Protocol, Scheduler, SchedulerFlag } from './ipvs.ts';

/** Identifiers are made by the console, unique in a cluster, and safe in a DNS label (they name certificates). */
export const Id = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/, 'lower-case letters, digits, hyphens; at most 40');
export type Id = z.infer<typeof Id>;

const Name = z.string().trim().min(1).max(64);
/** IFNAMSIZ is 16 with the final zero; `/` and white space are refused by the kernel (net/core/dev.c dev_valid_name). */
export const InterfaceName = z
  .string()
  .regex(/^[^\s/:]{1,15}$/, 'at most 15 characters, no space, slash or colon');
export const Port = z.int().min(1).max(65535);

/** A broadcast domain with the address ranges used on it. */
export const Network = z.object({ id: Id, name: Name, cidrs: z.array(Cidr).min(1) });
export type Network = z.infer<typeof Network>;

/** `host`: a fact found on the machine, never written or removed. `signalbox`: ours to put up and take down. */
export const AddressOrigin = z.enum(['host', 'signalbox']);
export const InterfaceAddress = z.object({ cidr: Cidr, origin: AddressOrigin });
export type InterfaceAddress = z.infer<typeof InterfaceAddress>;

export const Interface = z.object({
  id: Id,
  name: InterfaceName,
  networkId: Id,
  addresses: z.array(InterfaceAddress),
});
export type Interface = z.infer<typeof Interface>;

export const NodeKind = z.enum(['client', 'router', 'director', 'realServer', 'mysql']);
export type NodeKind = z.infer<typeof NodeKind>;

/** Where the console dials the node's agent: often a management network that is not drawn. */
export const AgentEndpoint = z.object({ host: z.string().min(1).max(253), port: Port });
export type AgentEndpoint = z.infer<typeof AgentEndpoint>;

export const Node = z.object({
  id: Id,
  name: Name,
  kind: NodeKind,
  agent: AgentEndpoint.nullable(),
  interfaces: z.array(Interface),
  /** The default gateway: a fact, never written. */
  gateway: Address.nullable(),
  position: z.object({ x: z.number(), y: z.number() }).nullable(),
});
export type Node = z.infer<typeof Node>;

/** A VIP: unique in the cluster, held by one director, up while a service refers to it. */
export const Vip = z.object({ id: Id, address: Address, directorId: Id });
export type Vip = z.infer<typeof Vip>;

/** A real server's entry in one virtual service. `method: null` takes the service's. */
export const Destination = z.object({
  id: Id,
  nodeId: Id,
  address: Address,
  port: Port,
  weight: z.int().min(0).max(65535),
  upperThreshold: z.int().min(0).max(0xffffffff),
  lowerThreshold: z.int().min(0).max(0xffffffff),
  method: ForwardingMethod.nullable(),
});
export type Destination = z.infer<typeof Destination>;

/** What clients connect to: protocol + VIP + port. (Services by fwmark get their own variant of `at`.) */
export const VirtualService = z.object({
  id: Id,
  at: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('address'), protocol: Protocol, vipId: Id, port: Port }),
  ]),
  scheduler: Scheduler,
  schedulerFlags: z.array(SchedulerFlag),
  persistence: Persistence.nullable(),
  onePacket: z.boolean(),
  method: ForwardingMethod,
  destinations: z.array(Destination),
});
export type VirtualService = z.infer<typeof VirtualService>;

/** What the operator drew. Shape only: `problemsOf` says whether it can work. */
export const Topology = z.object({
  name: Name,
  networks: z.array(Network),
  nodes: z.array(Node),
  vips: z.array(Vip),
  services: z.array(VirtualService),
});
export type Topology = z.infer<typeof Topology>;
