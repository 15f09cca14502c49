// Everything that we say to IPVS. `family` is the number that generic netlink gave it.
import type { HostDestination, HostService, ServiceKey } from '@signalbox/cluster';
import type { ValuesOf } from '../netlink/attributes.ts';
import { writeGenericHeader } from '../netlink/generic.ts';
import type { Message } from '../netlink/message.ts';
import { encodeDestination, encodeDestinationKey } from './destination-codec.ts';
import { encodeService, encodeServiceKey } from './service-codec.ts';
import { command, type DestinationValues } from './tables.ts';
import { FAMILY_NAME, IPVS_CMD } from './uapi.ts';

type Verb = keyof typeof IPVS_CMD;
type CommandValues = ValuesOf<typeof command>;

/** A message before the family's number is known: it can change while we run, when the module is loaded again. */
export type IpvsMessage = (family: number) => Message;

function saying(verb: Verb): (values: () => CommandValues) => IpvsMessage {
  const name = `${FAMILY_NAME} ${verb}`;
  const number = IPVS_CMD[verb];
  return (values) => (type) => ({
    command: name,
    type,
    writeBody(writer) {
      writeGenericHeader(writer, number);
      command.encode(writer, values());
    },
  });
}

function onService(verb: Verb): (key: ServiceKey) => IpvsMessage {
  const message = saying(verb);
  return (key) => message(() => ({ service: encodeServiceKey(key) }));
}

function withService(verb: Verb): (service: HostService) => IpvsMessage {
  const message = saying(verb);
  return (service) => message(() => ({ service: encodeService(service) }));
}

type DestinationMessage = (key: ServiceKey, destination: HostDestination) => IpvsMessage;

function withDestination(
  verb: Verb,
  encode: (destination: HostDestination) => DestinationValues,
): DestinationMessage {
  const message = saying(verb);
  return (key, destination) =>
    message(() => ({ service: encodeServiceKey(key), destination: encode(destination) }));
}

export const newService = withService('NEW_SERVICE');
/** Replaces the whole configuration; destinations and counters stay. */
export const setService = withService('SET_SERVICE');
/** Destinations go with it. */
export const deleteService = onService('DEL_SERVICE');
export const getService = onService('GET_SERVICE');
export const newDestination = withDestination('NEW_DEST', encodeDestination);
/** Replaces the whole configuration, the forwarding method too, in place: connections and counters stay. */
export const setDestination = withDestination('SET_DEST', encodeDestination);
export const deleteDestination = withDestination('DEL_DEST', encodeDestinationKey);
/** To be dumped. The kernel answers an empty table, not an error, when there is no such service. */
export const getDestinations = onService('GET_DEST');
/** To be dumped. */
export const getServices = saying('GET_SERVICE')(() => ({}));
export const getConfig = saying('GET_CONFIG')(() => ({}));
export const getInfo = saying('GET_INFO')(() => ({}));
