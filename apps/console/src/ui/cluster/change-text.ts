'use client';
import type { TopologyChange } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';

/** A difference as a sentence. Fields we have no word for (a newer console's) keep their name. */
export function useChangeText(): (change: TopologyChange) => string {
  const t = useTranslations('change');
  const fields = useTranslations('field');
  const value = useValueText();
  const nameOf = useName();
  return (change) => {
    const { kind, object, field, from, to } = change;
    const name = nameOf(change);
    if (kind === 'added' || kind === 'removed') return t(kind, { object: t(object), name });
    const known = isField(field) ? fields(field) : (field ?? '');
    return t('changed', { name, field: known, from: value(field, from), to: value(field, to) });
  };
}

/** What is part of something is named with it. */
function useName(): (change: TopologyChange) => string {
  const t = useTranslations('change');
  return ({ object, name, within: [place = '', outer = ''] }) => {
    switch (object) {
      case 'destination':
        return t('destinationIn', { name, service: place });
      case 'interface':
        return t('interfaceOf', { name, node: place });
      case 'address':
        return t('addressOn', { name, interface: place, node: outer });
      default:
        return name;
    }
  };
}

/** Forwarding methods and kinds of nodes have words of the screen; the rest is said as it is. */
function useValueText(): (field: string | null, value: string | null) => string {
  const t = useTranslations('change');
  const methods = useTranslations('method');
  const kinds = useTranslations('kind');
  return (field, value) => {
    if (value === null) return t('nothing');
    if (field === 'method' && (value === 'masq' || value === 'gate' || value === 'ipip'))
      return methods(value);
    if (field === 'kind' && isKind(value)) return kinds(value);
    return value;
  };
}

const kinds = ['client', 'router', 'director', 'realServer', 'mysql'] as const;
const isKind = (value: string): value is (typeof kinds)[number] => kinds.some((kind) => kind === value);

const fields = [
  'name',
  'kind',
  'agent',
  'gateway',
  'position',
  'network',
  'cidrs',
  'origin',
  'address',
  'director',
  'protocol',
  'vip',
  'port',
  'scheduler',
  'schedulerFlags',
  'persistenceTimeout',
  'persistenceNetmask',
  'persistenceEngine',
  'onePacket',
  'method',
  'node',
  'weight',
  'upperThreshold',
  'lowerThreshold',
] as const;
const isField = (field: string | null): field is (typeof fields)[number] =>
  fields.some((known) => known === field);
