import { sameAddress } from './address-kind.ts';
import type { ForwardingMethod } from './ipvs.ts';
import { endpointText } from './keys.ts';
import { addressesOf } from './links.ts';
import { methodNames } from './method-names.ts';
import { repeated } from './repeated.ts';
import type { Destination } from './topology.ts';
import {
  allDestinations,
  type DestinationIn,
  methodOf,
  serviceName,
  type TopologyIndex,
} from './topology-index.ts';
import { topologyProblem, type TopologyProblem } from './topology-problem.ts';

/** What the agents can build today. The others are refused by name. */
const availableMethods: readonly ForwardingMethod[] = ['masq', 'gate'];

/** Above it Linux 7.2 answers EINVAL (ip_vs_ctl.c, ip_vs_add_dest); 6.1 took all of 32 bits. */
const THRESHOLD_MOST = 0x7fffffff;

/** Each destination by itself: its node, address, port, thresholds and method. */
export function problemsOfDestinations(index: TopologyIndex): TopologyProblem[] {
  return [
    ...allDestinations(index).flatMap((one) => [
      ...problemsOfNode(index, one),
      ...problemsOfNumbers(index, one),
      ...problemsOfMethod(index, one),
    ]),
    ...index.topology.services.flatMap((service) =>
      repeated(service.destinations, endpoint).map(({ item }) =>
        topologyProblem('duplicateDestination', pathOf({ service, destination: item }), {
          service: serviceName(index, service),
          destination: endpoint(item),
        }),
      ),
    ),
  ];
}

const endpoint = ({ address, port }: Destination) => endpointText(address, port);

const pathOf = ({ service, destination }: DestinationIn, ...field: readonly string[]) => [
  'services',
  service.id,
  'destinations',
  destination.id,
  ...field,
];

const namesOf = (index: TopologyIndex, { service, destination }: DestinationIn) => ({
  service: serviceName(index, service),
  destination: endpoint(destination),
});

function problemsOfNode(index: TopologyIndex, one: DestinationIn): TopologyProblem[] {
  const names = namesOf(index, one);
  const { nodeId, address } = one.destination;
  const node = index.nodes.get(nodeId);
  if (node === undefined) return [topologyProblem('unknownNode', pathOf(one, 'nodeId'), names)];
  const addresses = node.interfaces.flatMap(addressesOf);
  const isOfNode = addresses.some((own) => sameAddress(own, address));
  const list = addresses.map(({ text }) => text).join(', ') || '-';
  return [
    ...(node.kind === 'realServer'
      ? []
      : [topologyProblem('destinationNotRealServer', pathOf(one, 'nodeId'), { ...names, node: node.name })]),
    ...(isOfNode
      ? []
      : [
          topologyProblem('destinationAddressNotOfNode', pathOf(one, 'address'), {
            ...names,
            node: node.name,
            addresses: list,
          }),
        ]),
  ];
}

function problemsOfNumbers(index: TopologyIndex, one: DestinationIn): TopologyProblem[] {
  const names = namesOf(index, one);
  const { address, lowerThreshold, upperThreshold } = one.destination;
  const thresholds = { ...names, lower: String(lowerThreshold), upper: String(upperThreshold) };
  return [
    ...(lowerThreshold > upperThreshold
      ? [topologyProblem('thresholdsReversed', pathOf(one, 'lowerThreshold'), thresholds)]
      : []),
    ...(upperThreshold > THRESHOLD_MOST
      ? [
          topologyProblem('thresholdTooHigh', pathOf(one, 'upperThreshold'), {
            ...thresholds,
            most: String(THRESHOLD_MOST),
          }),
        ]
      : []),
    ...(address.family === 'ipv6'
      ? [
          topologyProblem('ipv6NotAvailable', pathOf(one, 'address'), {
            address: address.text,
            name: names.service,
          }),
        ]
      : []),
  ];
}

function problemsOfMethod(index: TopologyIndex, one: DestinationIn): TopologyProblem[] {
  const method = methodOf(one);
  const names = { ...namesOf(index, one), method: methodNames[method] };
  const { port } = one.service.at;
  return [
    ...(availableMethods.includes(method)
      ? []
      : [topologyProblem('methodNotAvailable', pathOf(one, 'method'), names)]),
    ...(method !== 'masq' && one.destination.port !== port
      ? [
          topologyProblem('portDiffersUnderDirectRouting', pathOf(one, 'port'), {
            ...names,
            port: String(port),
          }),
        ]
      : []),
  ];
}
