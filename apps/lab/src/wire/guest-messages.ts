// What the host asks of the program inside the lab's kernel (src/guest).
import * as z from 'zod';

/** A program the guest keeps running on a node. */
export const Service = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,20}$/),
  argv: z.array(z.string()).min(1),
  env: z.record(z.string(), z.string()),
  /** `always` as in systemd: started again whenever it ends, with a growing pause. */
  restart: z.enum(['always', 'never']),
  /** The service is up once it has printed a line with this in it. */
  readyText: z.string().nullable(),
});
export type Service = z.infer<typeof Service>;

export const StageLink = z.object({
  name: z.string(),
  /** Index of the bridge in the stage. */
  bridge: z.int().min(0),
  /** Addresses with prefix length, `192.168.0.111/24`. */
  addresses: z.array(z.string()),
});

/** One machine: a set of namespaces with interfaces, a gateway, sysctls, programs. */
export const StageNode = z.object({
  id: z.string(),
  name: z.string(),
  management: z.string(),
  links: z.array(StageLink),
  gateway: z.string().nullable(),
  /** Path below /proc/sys with slashes -> value. */
  sysctls: z.record(z.string(), z.string()),
  services: z.array(Service),
});
export type StageNode = z.infer<typeof StageNode>;

/** Everything a scenario needs from the kernel: bridges and machines on them. */
export const Stage = z.object({ bridges: z.int().min(0).max(64), nodes: z.array(StageNode).max(200) });
export type Stage = z.infer<typeof Stage>;

/** Where a command runs: on a node, in a throw-away machine, or in the kernel's own first namespaces. */
export const ExecPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('node'), node: z.string() }),
  z.object({ kind: z.literal('fresh') }),
  z.object({ kind: z.literal('kernel') }),
]);
export type ExecPlace = z.infer<typeof ExecPlace>;

export const ExecRequest = z.object({
  kind: z.literal('exec'),
  place: ExecPlace,
  argv: z.array(z.string()).min(1),
  env: z.record(z.string(), z.string()),
  cwd: z.string().nullable(),
});
export type ExecRequest = z.infer<typeof ExecRequest>;

/** Signals a caller may send to what he runs. */
export const SignalName = z.enum(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGTERM', 'SIGSTOP', 'SIGCONT']);
export type SignalName = z.infer<typeof SignalName>;

export const GuestRequest = z.discriminatedUnion('kind', [
  ExecRequest,
  z.object({ kind: z.literal('stage'), stage: Stage }),
  z.object({ kind: z.literal('start'), node: z.string(), service: Service }),
  z.object({ kind: z.literal('stop'), node: z.string(), service: z.string() }),
  z.object({ kind: z.literal('signal'), node: z.string(), service: z.string(), signal: SignalName }),
  z.object({ kind: z.literal('state') }),
  /** Answers with stdout frames, one JSON `LogLine` each, until the caller leaves. */
  z.object({ kind: z.literal('logs') }),
]);
export type GuestRequest = z.infer<typeof GuestRequest>;

export const ServiceState = z.object({
  name: z.string(),
  state: z.enum(['running', 'waiting', 'ended']),
  restarts: z.int(),
  lastExit: z.string().nullable(),
});
export type ServiceState = z.infer<typeof ServiceState>;

export const GuestState = z.object({
  kernel: z.string(),
  nodes: z.array(z.object({ id: z.string(), name: z.string(), services: z.array(ServiceState) })),
});
export type GuestState = z.infer<typeof GuestState>;

export const LogLine = z.object({ node: z.string(), service: z.string(), text: z.string() });
export type LogLine = z.infer<typeof LogLine>;

/** How a command ended. */
export const ExitStatus = z.object({ code: z.int().nullable(), signal: z.string().nullable() });
export type ExitStatus = z.infer<typeof ExitStatus>;
