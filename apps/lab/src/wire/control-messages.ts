// What the commands and the tests ask of a running lab.
import * as z from 'zod';
import { ExecRequest, GuestState, ServiceState, SignalName } from './guest-messages.ts';

export const ScenarioName = z.enum(['nat', 'dr']);
export type ScenarioName = z.infer<typeof ScenarioName>;

/** What runs on the kernel: nothing, a scenario's machines, or these with agents and a console. */
export const Setup = z.object({
  scenario: ScenarioName.nullable(),
  realServers: z.int().min(1).max(100),
  product: z.boolean(),
});
export type Setup = z.infer<typeof Setup>;

export const ControlRequest = z.discriminatedUnion('kind', [
  ExecRequest,
  z.object({ kind: z.literal('reset'), setup: Setup }),
  z.object({ kind: z.literal('status') }),
  z.object({ kind: z.literal('down') }),
  z.object({ kind: z.literal('signalService'), node: z.string(), service: z.string(), signal: SignalName }),
  z.object({ kind: z.literal('stopService'), node: z.string(), service: z.string() }),
  z.object({ kind: z.literal('startService'), node: z.string(), service: z.string() }),
]);
export type ControlRequest = z.infer<typeof ControlRequest>;

/** How a person or a test reaches the console. */
export const ConsoleAccess = z.object({
  url: z.string(),
  email: z.string(),
  password: z.string(),
  clusterId: z.string(),
});
export type ConsoleAccess = z.infer<typeof ConsoleAccess>;

export const LabStatus = z.object({
  folder: z.string(),
  supervisor: z.int(),
  kernel: z.object({ kind: z.enum(['host', 'uml']), release: z.string() }),
  setup: Setup,
  nodes: z.array(
    GuestState.shape.nodes.element.extend({
      kind: z.string(),
      addresses: z.array(z.string()),
      /** Loopback port of the host that is carried to the node's agent. */
      agentPort: z.int().nullable(),
    }),
  ),
  console: ConsoleAccess.extend({ state: ServiceState }).nullable(),
});
export type LabStatus = z.infer<typeof LabStatus>;
