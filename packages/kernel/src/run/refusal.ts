import { objectKey, type Operation, type OperationFailure } from '@signalbox/cluster';
import type { KernelFailure } from '../netlink/failure.ts';

/** Sentences for an errno; `{object}` is what the operation is about. */
type Words = Readonly<Record<string, string>>;

/** What an errno means whatever was asked. */
const general: Words = {
  EEXIST: 'This host already has {object}.',
  ESRCH: 'This host has no {object}.',
  EADDRNOTAVAIL: 'This host has no {object}.',
  ENODEV: 'This host has no such interface for {object}.',
  EPERM: 'The kernel does not let this process change {object}: it needs CAP_NET_ADMIN.',
  EACCES: 'The kernel does not let this process change {object}: it needs root.',
  ENETUNREACH: 'The next hop of {object} is on no link of this host.',
  ETIMEDOUT: 'The kernel did not answer: whether {object} was changed is not known.',
  ENOBUFS: 'The answer of the kernel got lost: whether {object} was changed is not known.',
  EBADMSG: 'The answer of the kernel cannot be read: whether {object} was changed is not known.',
  ENOTSUP: '{object} was not changed: {reason}.',
  ECANCELED: 'The connection to the kernel was closed: whether {object} was changed is not known.',
};

const noDestinationService = 'This host has no such service for {object}.';
const weights = 'The weight of {object} is out of range, or its lower threshold is above the upper one.';

/** What an errno means for one operation (ip_vs_ctl.c, fib_rules.c, proc_sysctl.c). */
const particular: Readonly<Partial<Record<Operation['kind'], Words>>> = {
  addService: {
    ENOENT: 'The kernel has neither built in nor as a module what {object} asks for: {needs}.',
    EINVAL: 'The kernel does not take {object} as it is: its persistence netmask may not fit.',
  },
  editService: {
    ENOENT: 'The kernel has neither built in nor as a module what {object} asks for: {needs}.',
    EINVAL: 'The kernel does not take {object} as it is: its persistence netmask may not fit.',
  },
  addDestination: {
    ESRCH: noDestinationService,
    ERANGE: weights,
    EINVAL:
      'The kernel does not take {object}: not the address of one host, of another family, or a tunnel without port.',
  },
  editDestination: {
    ESRCH: noDestinationService,
    ENOENT: 'This host has no {object}.',
    ERANGE: weights,
    EINVAL: 'The kernel does not take {object}: of another family, or a tunnel without port.',
  },
  deleteDestination: { ESRCH: noDestinationService, ENOENT: 'This host has no {object}.' },
  addRoute: { EINVAL: 'The kernel does not take {object}: its next hop may be an address of this host.' },
  deleteRule: { ENOENT: 'This host has no {object}.' },
  setSysctl: {
    ENOENT: 'This host has no {object}.',
    EINVAL: 'The kernel does not take this value for {object}.',
  },
};

/** Why an operation failed, for an operator: a sentence that names the object, and the errno. */
export function refusal(operation: Operation, { errno, reason, command }: KernelFailure): OperationFailure {
  const sentence = command.startsWith('find family')
    ? 'The kernel of this host has no IPVS, which {object} needs.'
    : (particular[operation.kind]?.[errno] ?? general[errno]);
  const words = sentence ?? `The kernel refused {object}: ${reason}.`;
  const message = words
    .replace('{object}', () => objectOf(operation))
    .replace('{reason}', () => reason)
    .replace('{needs}', () => needsOf(operation));
  return { errno, message: `${message} (${errno})` };
}

function objectOf(operation: Operation): string {
  switch (operation.kind) {
    case 'addService':
    case 'deleteService':
      return objectKey({ kind: 'service', key: operation.service.key });
    case 'editService':
      return objectKey({ kind: 'service', key: operation.to.key });
    case 'addDestination':
    case 'deleteDestination':
      return objectKey({ ...operation, kind: 'destination' });
    case 'editDestination':
      return objectKey({ kind: 'destination', service: operation.service, destination: operation.to });
    case 'addAddress':
    case 'deleteAddress':
      return objectKey({ kind: 'address', address: operation.address });
    case 'addRoute':
    case 'deleteRoute':
      return objectKey({ kind: 'route', route: operation.route });
    case 'addRule':
    case 'deleteRule':
      return objectKey({ kind: 'rule', rule: operation.rule });
    case 'addMark':
    case 'deleteMark':
      return objectKey({ kind: 'mark', mark: operation.mark });
    case 'setSysctl':
      return `sysctl ${operation.name}`;
  }
}

/** What a service wants of modules. */
function needsOf(operation: Operation): string {
  if (operation.kind !== 'addService' && operation.kind !== 'editService') return '';
  const { scheduler, persistence } = operation.kind === 'addService' ? operation.service : operation.to;
  const engine = persistence?.engine;
  return `scheduler ${scheduler}${engine ? `, persistence engine ${engine}` : ''}`;
}
