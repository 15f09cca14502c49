// The last minute of some figures, for the lines beside them. Kept in the browser only.
import type { HostReading } from '@signalbox/cluster';
import { endpointText, serviceKeyText } from '@signalbox/cluster';

/** One sample each second. */
export const SAMPLES = 60;

const none: readonly number[] = [];

/** Names of the series: a director's services and destinations are told apart by it. */
export const seriesOfService = (directorId: string, service: string): string => `${directorId} ${service}`;
export const seriesOfDestination = (directorId: string, service: string, endpoint: string): string =>
  `${directorId} ${service} ${endpoint}`;

/** Incoming bytes per second of every service and destination of every host, newest last. */
export class TrafficHistory {
  #series = new Map<string, readonly number[]>();
  readonly #sequences = new Map<string, number>();

  /** The samples of a series; the same array until the next sample, so that React can compare it. */
  samples(series: string): readonly number[] {
    return this.#series.get(series) ?? none;
  }

  /** Adds a reading once, however often it is told. */
  record(nodeId: string, reading: HostReading): void {
    if (this.#sequences.get(nodeId) === reading.sequence) return;
    this.#sequences.set(nodeId, reading.sequence);
    for (const service of reading.services) {
      const name = serviceKeyText(service.key);
      this.#push(seriesOfService(nodeId, name), service.rates.inBytes);
      for (const { address, port, rates } of service.destinations)
        this.#push(seriesOfDestination(nodeId, name, endpointText(address, port)), rates.inBytes);
    }
  }

  #push(series: string, value: number): void {
    this.#series.set(series, [...this.samples(series).slice(1 - SAMPLES), value]);
  }
}
