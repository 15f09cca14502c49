import * as z from 'zod';
import { Address } from './address.ts';
import type { ServiceKey } from './host-state.ts';
import { Port } from './topology.ts';
import { ForwardingMethod, Protocol } from './ipvs.ts';

/** Marks of canaries: 0x53420000 and up ("SB"). One in this range is never an operator's. */
export const FIRST_CANARY_MARK = 0x5342_0000;
export const LAST_CANARY_MARK = 0x5342_ffff;

/** Source ports of canaries, below the ephemeral range. Each has a few in turn, because used ones stay in TIME_WAIT. */
export const FIRST_CANARY_PORT = 28_000;
export const PORTS_PER_CANARY = 8;

/** How many can be tried at once: their source ports end where the ephemeral ones begin, and agents take as many. */
export const MOST_CANARIES = 500;

/** Canaries live this long at most, whatever happens to console and agent. */
export const CANARY_SECONDS = 30;

/**
 * One real server tried by one method while its service goes on as it is: packets from these source ports of these
 * probing hosts are marked, and a service for the mark has this one destination.
 */
export const Canary = z.object({
  mark: z.int().min(FIRST_CANARY_MARK).max(LAST_CANARY_MARK),
  protocol: Protocol,
  vip: Address,
  port: Port,
  destination: z.object({ address: Address, port: Port }),
  method: ForwardingMethod,
  /** Who may probe: a real client on such a source port must not be diverted. */
  sources: z.array(Address).min(1),
  sourcePorts: z.object({ first: Port, last: Port }),
});
export type Canary = z.infer<typeof Canary>;

export const isCanaryMark = (mark: number): boolean => mark >= FIRST_CANARY_MARK && mark <= LAST_CANARY_MARK;

/** Services of canaries are hidden from tables, drift and export. */
export const isCanaryService = (key: ServiceKey): boolean => key.kind === 'fwmark' && isCanaryMark(key.mark);
