// Whether this network namespace has a table of nf_tables, asked over netlink: to start a program for the answer that
// there is nothing costs a busy host more than the question.
import { table } from '../netlink/attributes.ts';
import { NetlinkClient } from '../netlink/client.ts';
import { KernelFailure } from '../netlink/failure.ts';
import { be16, string, u8 } from '../netlink/fields.ts';
import type { Message } from '../netlink/message.ts';
import { struct } from '../netlink/struct.ts';
import type { OpenWire } from '../netlink/wire.ts';

/** include/uapi/linux/netfilter/nfnetlink.h, nf_tables.h and linux/netfilter.h. */
const NFNL_SUBSYS_NFTABLES = 10;
const NFT_MSG_GETTABLE = 1;
const NFTA_TABLE_NAME = 1;
const NFPROTO_IPV4 = 2;

/** struct nfgenmsg. */
const header = struct({ family: u8, version: u8, resource: be16 });
const attributes = table({ name: [NFTA_TABLE_NAME, string] });

/**
 * ENOENT: no such table (nf_tables_api.c nft_table_lookup). EINVAL: no nf_tables (nfnetlink.c nfnetlink_rcv_msg).
 * EPROTONOSUPPORT: no nfnetlink at all.
 */
const nothingThere: ReadonlySet<string> = new Set(['ENOENT', 'EINVAL', 'EPROTONOSUPPORT']);

export interface NfTablesOptions {
  readonly open: OpenWire;
  readonly timeoutMilliseconds: number;
}

/** The kernel's nf_tables. The socket is opened at the first question: many hosts are never asked. */
export class NfTables {
  readonly #options: NfTablesOptions;
  #client: NetlinkClient | null = null;

  constructor(options: NfTablesOptions) {
    this.#options = options;
  }

  /** False where the kernel has no such table of IPv4; true where it has one, or does not say. */
  async mayHave(name: string): Promise<boolean> {
    try {
      this.#client ??= new NetlinkClient(this.#options);
      await this.#client.request(getTable(name));
      return true;
    } catch (error) {
      if (error instanceof KernelFailure) return !nothingThere.has(error.errno);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }
}

const getTable = (name: string): Message => ({
  command: `find table ${name}`,
  type: (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETTABLE,
  writeBody(writer) {
    header.encode(writer, { family: NFPROTO_IPV4 });
    attributes.encode(writer, { name });
  },
});
