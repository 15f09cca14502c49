import * as z from 'zod';
import {
  HostAddress,
  HostDestination,
  HostMark,
  HostRoute,
  HostRule,
  HostService,
  HostSysctl,
  ServiceKey,
} from './host-state.ts';

const of = <K extends string, T extends z.ZodRawShape>(kind: K, shape: T) =>
  z.object({ kind: z.literal(kind), ...shape });

/** Everything we can do to a host: a closed set with ipvsadm's verbs. Edits carry the whole object before and after. */
export const Operation = z.discriminatedUnion('kind', [
  of('addService', { service: HostService }),
  of('editService', { from: HostService, to: HostService }),
  of('deleteService', { service: HostService }),
  of('addDestination', { service: ServiceKey, destination: HostDestination }),
  of('editDestination', { service: ServiceKey, from: HostDestination, to: HostDestination }),
  of('deleteDestination', { service: ServiceKey, destination: HostDestination }),
  of('addAddress', { address: HostAddress }),
  of('deleteAddress', { address: HostAddress }),
  of('addRoute', { route: HostRoute }),
  of('deleteRoute', { route: HostRoute }),
  of('addRule', { rule: HostRule }),
  of('deleteRule', { rule: HostRule }),
  of('setSysctl', { name: HostSysctl.shape.name, from: z.string(), to: z.string() }),
  of('addMark', { mark: HostMark }),
  of('deleteMark', { mark: HostMark }),
]);
export type Operation = z.infer<typeof Operation>;
export type OperationKind = Operation['kind'];

/** A rollout runs phase by phase over all hosts, with a barrier (acknowledged and read back) between. */
export const Phase = z.enum(['prepare', 'switch', 'retire']);
export type Phase = z.infer<typeof Phase>;

/** An operation with its place in the rollout: the unit of a plan. */
export const PlannedOperation = z.object({ phase: Phase, operation: Operation });
export type PlannedOperation = z.infer<typeof PlannedOperation>;

/** Why one operation failed: the kernel's word and a sentence that names the object. */
export const OperationFailure = z.object({ errno: z.string(), message: z.string() });
export type OperationFailure = z.infer<typeof OperationFailure>;
