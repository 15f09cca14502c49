// Everything that we say to IPVS. `family` is the number that generic netlink gave it.
import type { HostDestination, HostService, ServiceKey } from '@signalbox/cluster';
import type { ValuesOf } from '../netlink/attributes.ts';
import { writeGenericHeader } from '../netlink/generic.ts';
import type { Message } from '../netlink/message.ts';
import { encodeDestination, encodeDestinationKey } from './destination-codec.ts';
import { encodeService, encodeServiceKey } from './service-codec.ts';
import { command } from './tables.ts';
import { FAMILY_NAME, IPVS_CMD } from './uapi.ts';

type Verb = keyof typeof IPVS_CMD;
type CommandValues = ValuesOf<typeof command>;

/** A message before the family's number is known: it can change while we run, when the module is loaded again. */
export type IpvsMessage = (family: number) => Message;

function message(verb: Verb, values: () => CommandValues): IpvsMessage {
  return (type) => ({
    command: `${FAMILY_NAME} ${verb}`,
    type,
    writeBody(writer) {
      writeGenericHeader(writer, IPVS_CMD[verb]);
      command.encode(writer, values());
    },
  });
}

const onService = (verb: Verb) => (key: ServiceKey) =>
  message(verb, () => ({ service: encodeServiceKey(key) }));
const withService = (verb: Verb) => (service: HostService) =>
  message(verb, () => ({ service: encodeService(service) }));
const withDestination = (verb: Verb) => (key: ServiceKey, destination: HostDestination) =>
  message(verb, () => ({ service: encodeServiceKey(key), destination: encodeDestination(destination) }));

export const newService = withService('NEW_SERVICE');
/** Replaces the whole configuration; destinations and counters stay. */
export const setService = withService('SET_SERVICE');
/** Destinations go with it. */
export const deleteService = onService('DEL_SERVICE');
export const getService = onService('GET_SERVICE');
export const newDestination = withDestination('NEW_DEST');
/** Replaces the whole configuration, the forwarding method too, in place: connections and counters stay. */
export const setDestination = withDestination('SET_DEST');
export const deleteDestination = (key: ServiceKey, destination: Pick<HostDestination, 'address' | 'port'>) =>
  message('DEL_DEST', () => ({
    service: encodeServiceKey(key),
    destination: encodeDestinationKey(destination),
  }));
/** To be dumped. The kernel answers an empty table, not an error, when there is no such service. */
export const getDestinations = onService('GET_DEST');
/** To be dumped. */
export const getServices = message('GET_SERVICE', () => ({}));
export const getInfo = message('GET_INFO', () => ({}));
