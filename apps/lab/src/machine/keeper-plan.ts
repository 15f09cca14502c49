import * as z from 'zod';

/** What the keeper is told: which kernel to start, where its files are, which ways to open. */
export const KeeperPlan = z.object({
  /** The program that is a User-Mode Linux; null on the host's own kernel. */
  uml: z.string().nullable(),
  cpu: z.int().min(0),
  memoryMegabytes: z.int().min(128),
  sockets: z.string(),
  shared: z.string(),
  node: z.string(),
  /** UNIX socket on which the host asks for a connection into the lab. */
  gate: z.string(),
  /** Ports of the lab's end of the management network, each carried to a UNIX socket of the host. */
  outward: z.array(z.object({ port: z.int(), socket: z.string() })),
});
export type KeeperPlan = z.infer<typeof KeeperPlan>;
