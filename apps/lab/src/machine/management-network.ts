// The network that joins the lab's nodes to the lab itself. It is in nobody's topology, and it exists only inside
// namespaces of the lab: 172.30.83.0/24 keeps clear of the 10/8 and 192.168/16 that scenarios use.
export const PREFIX = 24;
/** The lab's own end: agents reach the console's enrolment here. */
export const OUTSIDE = '172.30.83.1';
/** The program inside the kernel. */
export const GUEST = '172.30.83.2';
export const GUEST_PORT = 7400;
export const ENROL_PORT = 8421;

const FIRST_NODE = 11;

/** The management address of the node with this index, from 0. */
export function managementAddress(index: number): string {
  const host = FIRST_NODE + index;
  if (host > 254) throw new Error(`the management network has no room for node ${index + 1}`);
  return `172.30.83.${host}`;
}

/** What the program inside the kernel prints when it listens. */
export const GUEST_READY = 'lab: the kernel is up';
