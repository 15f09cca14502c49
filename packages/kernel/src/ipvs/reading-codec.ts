import type { Counters, DestinationReading, Rates, ServiceReading } from '@signalbox/cluster';
import { decodeMethod } from './destination-codec.ts';
import { decodeServiceKey } from './service-codec.ts';
import {
  addressOf,
  type DestinationReadingValues,
  present,
  type ServiceReadingValues,
  type StatsValues,
} from './tables.ts';

/** A service's totals and rates, its destinations not read yet. Null as in `decodeServiceKey`. */
export function decodeServiceReading(values: ServiceReadingValues): ServiceReading | null {
  const key = decodeServiceKey(values);
  if (key === null) return null;
  return { key, ...decodeStats(present(values.stats, 'counters')), destinations: [] };
}

export function decodeDestinationReading(values: DestinationReadingValues): DestinationReading {
  return {
    address: addressOf(values),
    port: present(values.port, 'port'),
    method: decodeMethod(values),
    weight: present(values.weight, 'weight') | 0,
    active: present(values.active, 'active connections'),
    inactive: present(values.inactive, 'inactive connections'),
    persistent: present(values.persistent, 'persistent connections'),
    ...decodeStats(present(values.stats, 'counters')),
  };
}

function decodeStats(stats: StatsValues): { counters: Counters; rates: Rates } {
  return {
    counters: {
      connections: present(stats.connections, 'connections'),
      inPackets: present(stats.inPackets, 'packets in'),
      outPackets: present(stats.outPackets, 'packets out'),
      inBytes: present(stats.inBytes, 'bytes in'),
      outBytes: present(stats.outBytes, 'bytes out'),
    },
    rates: {
      connections: present(stats.connectionRate, 'connection rate'),
      inPackets: present(stats.inPacketRate, 'packet rate in'),
      outPackets: present(stats.outPacketRate, 'packet rate out'),
      inBytes: present(stats.inByteRate, 'byte rate in'),
      outBytes: present(stats.outByteRate, 'byte rate out'),
    },
  };
}
