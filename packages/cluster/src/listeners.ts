import type { Address } from './address.ts';
import type { HostFacts, Listener } from './host-facts.ts';
import type { Protocol } from './ipvs.ts';

/** The wildcard of IPv6 takes IPv4 connections too, unless it was told not to. */
export const isWildcard = ({ address }: Listener): boolean =>
  address.text === '0.0.0.0' || address.text === '::';

/** Sockets of the host at a port, whatever their address. */
export const listenersAt = (facts: HostFacts, protocol: Protocol, port: number): Listener[] =>
  facts.listeners.filter((one) => one.protocol === protocol && one.port === port);

/** Whether somebody takes connections to the address and port. */
export const isListening = (
  facts: HostFacts,
  {
    protocol,
    address,
    port,
  }: { readonly protocol: Protocol; readonly address: Address; readonly port: number },
): boolean =>
  listenersAt(facts, protocol, port).some((one) => isWildcard(one) || one.address.text === address.text);
