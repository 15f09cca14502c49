'use client';
import {
  endpointText,
  formatCidr,
  type HostDestination,
  type HostService,
  type Operation,
  serviceKeyText,
} from '@signalbox/cluster';
import { useTranslations } from 'use-intl';

/** An operation as a sentence; the command beside it says the same to a machine. */
export function useOperationText(): (operation: Operation) => string {
  const t = useTranslations('operation');
  const methods = useTranslations('method');
  const changes = useFieldChanges();
  const method = (name: HostDestination['method']) =>
    name === 'masq' || name === 'gate' || name === 'ipip' ? methods(name) : name;
  return (operation) => {
    switch (operation.kind) {
      case 'addService':
        return t('addService', {
          service: serviceKeyText(operation.service.key),
          scheduler: operation.service.scheduler,
        });
      case 'editService':
        return t('editService', {
          service: serviceKeyText(operation.to.key),
          changes: changes(serviceTexts(operation.from), serviceTexts(operation.to)),
        });
      case 'deleteService':
        return t('deleteService', { service: serviceKeyText(operation.service.key) });
      case 'addDestination':
        return t('addDestination', {
          ...placeOf(operation),
          method: method(operation.destination.method),
          weight: String(operation.destination.weight),
        });
      case 'editDestination':
        return t('editDestination', {
          ...placeOf({ service: operation.service, destination: operation.to }),
          changes: changes(destinationTexts(operation.from, method), destinationTexts(operation.to, method)),
        });
      case 'deleteDestination':
        return t('deleteDestination', placeOf(operation));
      case 'addAddress':
      case 'deleteAddress':
        return t(operation.kind, {
          address: formatCidr(operation.address.cidr),
          interface: operation.address.interface,
        });
      case 'addRoute':
      case 'deleteRoute':
        return t(operation.route.type === 'unicast' ? operation.kind : `${operation.kind}ThatDrops`, {
          destination: formatCidr(operation.route.destination),
          table: String(operation.route.table),
        });
      case 'addRule':
      case 'deleteRule':
        return t(operation.kind, {
          from: operation.rule.from ? formatCidr(operation.rule.from) : t('anywhere'),
          table: String(operation.rule.table),
        });
      case 'setSysctl':
        // Of a host nobody can ask, the value before is not known.
        return operation.from === ''
          ? t('setSysctlTo', { name: operation.name, to: operation.to })
          : t('setSysctl', { name: operation.name, from: operation.from, to: operation.to });
      case 'addMark':
      case 'deleteMark':
        return t(operation.kind, {
          address: operation.mark.address.text,
          ports: operation.mark.ports.join(', '),
          mark: String(operation.mark.mark),
        });
    }
  };
}

const placeOf = ({
  service,
  destination,
}: {
  service: HostService['key'];
  destination: Pick<HostDestination, 'address' | 'port'>;
}) => ({
  service: serviceKeyText(service),
  destination: endpointText(destination.address, destination.port),
});

type Texts = Readonly<Partial<Record<FieldName, string>>>;
type FieldName =
  | 'scheduler'
  | 'schedulerFlags'
  | 'persistenceTimeout'
  | 'persistenceNetmask'
  | 'onePacket'
  | 'method'
  | 'weight'
  | 'upperThreshold'
  | 'lowerThreshold';

const serviceTexts = ({ scheduler, schedulerFlags, persistence, onePacket }: HostService): Texts => ({
  scheduler,
  schedulerFlags: schedulerFlags.join(', ') || '–',
  persistenceTimeout: persistence ? `${persistence.timeoutSeconds} s` : '–',
  persistenceNetmask: persistence?.netmask ?? '–',
  onePacket: String(onePacket),
});

const destinationTexts = (
  { method, weight, upperThreshold, lowerThreshold }: HostDestination,
  methodText: (method: HostDestination['method']) => string,
): Texts => ({
  weight: String(weight),
  method: methodText(method),
  upperThreshold: String(upperThreshold),
  lowerThreshold: String(lowerThreshold),
});

/** `weight 1 → 6, NAT → DR`: the fields that differ. */
function useFieldChanges(): (from: Texts, to: Texts) => string {
  const t = useTranslations('operation');
  const fields = useTranslations('field');
  const names: readonly FieldName[] = [
    'scheduler',
    'schedulerFlags',
    'persistenceTimeout',
    'persistenceNetmask',
    'onePacket',
    'weight',
    'method',
    'upperThreshold',
    'lowerThreshold',
  ];
  return (from, to) =>
    names
      .filter((name) => from[name] !== to[name])
      .map((name) => t('changeOf', { field: fields(name), from: from[name] ?? '–', to: to[name] ?? '–' }))
      .join(', ');
}
