import type { HostAddress, HostRoute, HostRule } from '@signalbox/cluster';
import type { NetlinkClient } from '../netlink/client.ts';
import type { Message } from '../netlink/message.ts';
import type { Answer } from '../netlink/send-pack.ts';
import { decodeAddress, getAddresses } from './addresses.ts';
import { decodeLink, getLinks, type Link, LinkNames } from './links.ts';
import { decodeRoute, getRoutes } from './routes.ts';
import { decodeRule, getRules, withoutRepeated } from './rules.ts';

/** What a host's network is made of, in the kernel's order. */
export interface NetworkState {
  readonly addresses: HostAddress[];
  readonly routes: HostRoute[];
  readonly rules: HostRule[];
}

/** The addresses, routes, rules and interfaces of this network namespace, by route netlink. */
export class Network {
  readonly #client: NetlinkClient;

  constructor(client: NetlinkClient) {
    this.#client = client;
  }

  get packLimit(): number {
    return this.#client.packLimit;
  }

  links(): Promise<Link[]> {
    return this.#client.dump(getLinks, decodeLink);
  }

  async linkNames(): Promise<LinkNames> {
    return new LinkNames(await this.links());
  }

  async state(): Promise<NetworkState> {
    const names = await this.linkNames();
    const [addresses, routes, rules] = await Promise.all([
      this.#client.dump(getAddresses, (frame) => decodeAddress(frame, names)),
      this.#client.dump(getRoutes, (frame) => decodeRoute(frame, names)),
      this.#client.dump(getRules, decodeRule),
    ]);
    return { addresses, routes, rules: withoutRepeated(rules) };
  }

  pack(messages: readonly Message[]): Promise<readonly Answer[]> {
    return this.#client.pack(messages);
  }
}
