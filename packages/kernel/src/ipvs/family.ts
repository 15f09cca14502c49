import type { NetlinkClient } from '../netlink/client.ts';
import { KernelFailure } from '../netlink/failure.ts';
import { resolveFamily } from '../netlink/generic.ts';
import type { Frame, Message } from '../netlink/message.ts';
import type { Answer } from '../netlink/send-pack.ts';
import type { IpvsMessage } from './messages.ts';
import { FAMILY_NAME } from './uapi.ts';

/**
 * IPVS over generic netlink, under the number that the family has now. ENOENT can mean that the module was unloaded and
 * loaded again: then the family is looked up once more, and the question asked again if its number has changed.
 */
export class IpvsFamily {
  readonly #client: NetlinkClient;
  #number: number | null = null;

  constructor(client: NetlinkClient) {
    this.#client = client;
  }

  get packLimit(): number {
    return this.#client.packLimit;
  }

  /** Whether the kernel has IPVS, loading its module where that is allowed. Throws `KernelFailure` other than ENOENT. */
  async isThere(): Promise<boolean> {
    try {
      await this.#resolve();
      return true;
    } catch (error) {
      if (error instanceof KernelFailure && error.errno === 'ENOENT') return false;
      throw error;
    }
  }

  request(message: IpvsMessage): Promise<readonly Frame[]> {
    return this.#asking((family) => this.#client.request(message(family)));
  }

  dump<T>(message: IpvsMessage, read: (frame: Frame) => T | null): Promise<T[]> {
    return this.#asking((family) => this.#client.dump(message(family), read));
  }

  /** One answer per message, as `NetlinkClient.pack`. Without IPVS every answer is ENOENT. */
  async pack(messages: readonly IpvsMessage[]): Promise<readonly Answer[]> {
    const send = (family: number) => this.#client.pack(messages.map((message): Message => message(family)));
    const family = this.#number ?? (await this.#resolve());
    const answers = await send(family);
    // An unknown family is refused for each message alike.
    if (!answers.every((answer) => answer?.errno === 'ENOENT')) return answers;
    const now = await this.#resolve();
    return now === family ? answers : send(now);
  }

  async #asking<T>(ask: (family: number) => Promise<T>): Promise<T> {
    const family = this.#number ?? (await this.#resolve());
    try {
      return await ask(family);
    } catch (error) {
      if (!(error instanceof KernelFailure) || error.errno !== 'ENOENT') throw error;
      const now = await this.#resolve();
      if (now === family) throw error;
      return ask(now);
    }
  }

  async #resolve(): Promise<number> {
    this.#number = null;
    this.#number = await resolveFamily(this.#client, FAMILY_NAME);
    return this.#number;
  }
}
