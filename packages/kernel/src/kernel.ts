import type {
  Address,
  HostFacts,
  HostReading,
  HostState,
  KernelSupport,
  Operation,
  OperationFailure,
  ServiceReading,
} from '@signalbox/cluster';
import type { ArpQuestion, ArpReply } from './arp/arping.ts';
import type { MarksLook } from './marks/marks.ts';
import type { LocalEnd } from './sockets/proc-net.ts';

/** What became of one operation. `notRun`: an earlier one failed, and the kernel was never asked for this one. */
export type RunResult =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'failed' } & Readonly<OperationFailure>)
  | { readonly kind: 'notRun' };

/** Every service there is, or those that changed since the look before: their configuration, counters, rates or connections. */
export interface ServicesLook {
  readonly whole: boolean;
  readonly services: ServiceReading[];
}

/** Follows the services look by look, at a cost that goes with what happens and not with how many there are. */
export interface ServiceFollower {
  /** What changed; everything at the first look, when services came or went, and when `whole` is asked for. */
  look(whole: boolean): Promise<ServicesLook>;
}

export interface MissingIpvs {
  readonly kernelRelease: string;
  readonly reason: string;
  readonly remedy: string;
}

export type LinkReading = HostReading['links'][number];

/**
 * The kernel of this host, in the network namespace of this process. Reads throw `KernelFailure`; what the kernel
 * refuses of a run is in its results. A kernel without IPVS has no services, and everything else works.
 */
export interface Kernel {
  /**
   * Everything the host has: services with destinations, addresses, routes (table main, tables from 5300, and protocol
   * 83 in any), policy rules, marks of our chain, and those of the asked sysctls that exist. Marks are `asked` unless it
   * is enough to know them `asLeft`: then somebody who took them away shows only when they are to be taken off.
   */
  observe(sysctls: readonly string[], marks?: MarksLook): Promise<HostState>;
  /** What this kernel can do for IPVS and how to get what is missing. Loads nothing but ip_vs itself. */
  support(): Promise<KernelSupport>;
  /** Why this kernel has no IPVS, and what to do; null where it has. One question to it, where `support` reads files. */
  missingIpvs(): Promise<MissingIpvs | null>;
  /**
   * Runs operations in order and answers one result for each. Operations travel in packs, and the kernel goes on inside a
   * pack after a failure; every later pack is `notRun`. A pack never takes something away after it gave something, so
   * what takes away runs only when everything before it was done. `onProgress` gets how many have an answer.
   */
  run(operations: readonly Operation[], onProgress?: (done: number) => void): Promise<readonly RunResult[]>;
  /** Totals and rates of every service and destination. */
  readServices(): Promise<ServiceReading[]>;
  followServices(): ServiceFollower;
  /** Bytes moved by every interface of this network namespace. */
  readLinks(): Promise<LinkReading[]>;
  /** What this host is besides its state, with the asked sysctls. */
  facts(sysctls: readonly string[]): Promise<HostFacts>;
  /** Connections per local end, but for those from `except`: see `countConnections`. */
  countConnections(locals: readonly LocalEnd[], except: readonly Address[]): Promise<number[]>;
  /** Who answers for an address on a link, this host aside. Takes about a second, or a little less than half of one. */
  askArp(question: ArpQuestion): Promise<ArpReply[]>;
  /**
   * Calls `changed` when links, addresses, routes or rules changed, until the signal aborts: a hint to look. `removed` when
   * something of that is not there any more.
   */
  hearNetwork(changed: (removed: boolean) => void, signal: AbortSignal): void;
  /**
   * What nobody is told of, at little cost: a text that changes when a service, a destination or one of these sysctls
   * came, went or moved.
   */
  glance(sysctls: readonly string[]): Promise<string>;
  /** Changes with every boot of the machine. */
  bootId(): Promise<string>;
  /** Closes the sockets. What is pending fails with ECANCELED, and so does everything asked later. */
  close(): Promise<void>;
}

export interface KernelOptions {
  /** How long the kernel may take to answer one message or one part of a dump. Loading a module can take seconds. */
  readonly timeoutMilliseconds?: number;
}
