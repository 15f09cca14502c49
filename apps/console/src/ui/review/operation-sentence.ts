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

/** An operation as a sentence of the reader's language; the command beside it is the exact one. */
export function useOperationSentence(): (operation: Operation) => string {
  const t = useTranslations('operation');
  const way = useTranslations('method');
  const words = useTranslations('services');
  const methodText = (method: HostDestination['method']) =>
    method === 'local' || method === 'bypass' ? method : way(method);
  const changeOf = (field: string, from: string | number, to: string | number) =>
    from === to ? [] : [t('changeOf', { field, from: String(from), to: String(to) })];
  const destinationText = ({ address, port }: HostDestination) => endpointText(address, port);

  const serviceChanges = (from: HostService, to: HostService) =>
    [
      ...changeOf(words('scheduler'), from.scheduler, to.scheduler),
      ...changeOf(words('flags'), from.schedulerFlags.join(' ') || '-', to.schedulerFlags.join(' ') || '-'),
      ...changeOf(
        'persistent',
        from.persistence?.timeoutSeconds ?? '-',
        to.persistence?.timeoutSeconds ?? '-',
      ),
    ].join(', ');
  const destinationChanges = (from: HostDestination, to: HostDestination) =>
    [
      ...changeOf(words('method'), methodText(from.method), methodText(to.method)),
      ...changeOf(words('weight'), from.weight, to.weight),
      ...changeOf('upper threshold', from.upperThreshold, to.upperThreshold),
      ...changeOf('lower threshold', from.lowerThreshold, to.lowerThreshold),
    ].join(', ');

  return (operation) => {
    switch (operation.kind) {
      case 'addService':
        return t(operation.kind, {
          service: serviceKeyText(operation.service.key),
          scheduler: operation.service.scheduler,
        });
      case 'editService':
        return t(operation.kind, {
          service: serviceKeyText(operation.to.key),
          changes: serviceChanges(operation.from, operation.to),
        });
      case 'deleteService':
        return t(operation.kind, { service: serviceKeyText(operation.service.key) });
      case 'addDestination':
        return t(operation.kind, {
          destination: destinationText(operation.destination),
          service: serviceKeyText(operation.service),
          method: methodText(operation.destination.method),
          weight: String(operation.destination.weight),
        });
      case 'editDestination':
        return t(operation.kind, {
          destination: destinationText(operation.to),
          service: serviceKeyText(operation.service),
          changes: destinationChanges(operation.from, operation.to),
        });
      case 'deleteDestination':
        return t(operation.kind, {
          destination: destinationText(operation.destination),
          service: serviceKeyText(operation.service),
        });
      case 'addAddress':
      case 'deleteAddress':
        return t(operation.kind, {
          address: formatCidr(operation.address.cidr),
          interface: operation.address.interface,
        });
      case 'addRoute':
      case 'deleteRoute':
        return t(operation.kind, {
          destination: formatCidr(operation.route.destination),
          table: String(operation.route.table),
        });
      case 'addRule':
      case 'deleteRule':
        return t(operation.kind, {
          from: operation.rule.from === null ? t('anywhere') : formatCidr(operation.rule.from),
          table: String(operation.rule.table),
        });
      case 'setSysctl':
        return t(operation.kind, { name: operation.name, from: operation.from, to: operation.to });
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
