// What putting up an address on a link asks for besides the kernel: nobody else may have it, and the neighbours must hear
// of it (docs of ARP: RFC 5227).
import type { Operation } from '@signalbox/cluster';
import { announce, otherHolder } from '../arp/arping.ts';
import type { RunResult } from '../kernel.ts';
import { KernelFailure } from '../netlink/failure.ts';
import type { Link } from '../route/links.ts';

type AddAddress = Extract<Operation, { kind: 'addAddress' }>;

/** Only where neighbours find addresses by ARP. */
function onLinks(operation: Operation, links: readonly Link[]): operation is AddAddress {
  if (operation.kind !== 'addAddress' || operation.address.cidr.address.family !== 'ipv4') return false;
  return links.some(({ name, up, arp }) => name === operation.address.interface && up && arp);
}

/** Null when all are free: else the results of a pack of which nothing was sent. */
export async function addressesTaken(
  pack: readonly Operation[],
  links: readonly Link[],
): Promise<RunResult[] | null> {
  const failures = await Promise.all(
    pack.map(async (operation) => (onLinks(operation, links) ? takenBy(operation) : null)),
  );
  if (failures.every((failure) => failure === null)) return null;
  return failures.map((failure) => failure ?? { kind: 'notRun' });
}

async function takenBy({ address }: AddAddress): Promise<RunResult | null> {
  const { text } = address.cidr.address;
  try {
    const mac = await otherHolder(address.interface, address.cidr.address);
    if (mac === null) return null;
    const message = `Another host on ${address.interface} has ${text} already: ${mac} answers for it. Take it off there first. (EADDRINUSE)`;
    return { kind: 'failed', errno: 'EADDRINUSE', message };
  } catch (error) {
    if (!(error instanceof KernelFailure)) throw error;
    const message = `Whether another host has ${text} cannot be asked on ${address.interface}: ${error.reason}. (${error.errno})`;
    return { kind: 'failed', errno: error.errno, message };
  }
}

export async function announceAddresses(
  pack: readonly Operation[],
  results: readonly RunResult[],
  links: readonly Link[],
): Promise<void> {
  const put = pack.filter((operation, at) => results[at]?.kind === 'done' && onLinks(operation, links));
  await Promise.all(
    put.map((operation) =>
      operation.kind === 'addAddress'
        ? announce(operation.address.interface, operation.address.cidr.address)
        : Promise.resolve(),
    ),
  );
}
