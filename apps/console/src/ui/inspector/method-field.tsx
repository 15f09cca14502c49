'use client';
import type { ForwardingMethod, Problem } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { SelectField } from '../kit/select-field.tsx';

interface MethodFieldProps {
  readonly value: ForwardingMethod;
  readonly onChange: (method: ForwardingMethod) => void;
  readonly problems: readonly Problem[];
}

/** How packets reach real servers. What is not there yet is not offered; one drawn elsewhere is shown. */
export function MethodField({ value, onChange, problems }: MethodFieldProps) {
  const t = useTranslations('inspector');
  const methods = useTranslations('method');
  const offered: readonly ForwardingMethod[] = value === 'masq' ? ['masq'] : ['masq', value];
  return (
    <SelectField
      label={t('method')}
      value={value}
      options={offered.map((method) => ({ value: method, label: methods(`${method}Long`) }))}
      onChange={onChange}
      problems={problems}
    />
  );
}
