import * as z from 'zod';

/** A sysctl we changed: what was there, what we wrote, and for whom. Restored when no reason is left and it is still ours. */
export const LedgerSysctl = z.object({
  name: z.string(),
  original: z.string(),
  written: z.string(),
  reasons: z.array(z.string()),
});
export type LedgerSysctl = z.infer<typeof LedgerSysctl>;

/**
 * What an agent made or adopted on its host. Valid for one boot: a reboot clears the kernel, so objects are
 * forgotten and originals read again when `bootId` changes.
 */
export const Ledger = z.object({
  bootId: z.string(),
  /** `objectKey` of each service, destination, address, route, rule and mark that is ours, with the rollout that made it. */
  objects: z.record(z.string(), z.string()),
  sysctls: z.array(LedgerSysctl),
});
export type Ledger = z.infer<typeof Ledger>;

export const emptyLedger = (bootId: string): Ledger => ({ bootId, objects: {}, sysctls: [] });
