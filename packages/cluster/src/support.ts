import * as z from 'zod';

/** What a host's kernel can do for IPVS, and how to get what is missing. */
export const KernelSupport = z.object({
  kernelRelease: z.string(),
  ipvs: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('builtIn'), version: z.string() }),
    z.object({ kind: z.literal('module'), version: z.string() }),
    /** `remedy`: what an operator types or installs, e.g. `modprobe ip_vs`. */
    z.object({ kind: z.literal('missing'), reason: z.string(), remedy: z.string() }),
  ]),
  /** Schedulers usable now or loadable on demand; `missing` ones name what to install. */
  schedulers: z.array(z.object({ name: z.string(), state: z.enum(['loaded', 'loadable', 'missing']) })),
  /** net.ipv4.vs.conntrack: null when ip_vs is missing. */
  conntrack: z.boolean().nullable(),
  connectionTableSize: z.number().nullable(),
});
export type KernelSupport = z.infer<typeof KernelSupport>;
