'use client';
import type { ForwardingMethod, Problem } from '@signalbox/cluster';
import { useTranslations } from 'use-intl';
import { SelectField } from '../kit/select-field.tsx';

interface MethodFieldProps {
  readonly value: ForwardingMethod;
  readonly onChange: (method: ForwardingMethod) => void;
  readonly problems: readonly Problem[];
  readonly hint?: string | undefined;
}

/** What can be chosen; a way that is not there yet is shown where it was drawn elsewhere. */
const offeredBeside = (value: ForwardingMethod | null): readonly ForwardingMethod[] =>
  value === 'ipip' ? ['masq', 'gate', 'ipip'] : ['masq', 'gate'];

/** How packets reach the real servers of a service. */
export function MethodField({ value, onChange, problems, hint }: MethodFieldProps) {
  const t = useTranslations('inspector');
  const methods = useTranslations('method');
  return (
    <SelectField
      label={t('method')}
      value={value}
      options={offeredBeside(value).map((method) => ({ value: method, label: methods(`${method}Long`) }))}
      onChange={onChange}
      problems={problems}
      hint={hint}
    />
  );
}

const AS_SERVICE = 'service';

interface OwnMethodFieldProps {
  /** Null: as the service. */
  readonly value: ForwardingMethod | null;
  readonly ofService: ForwardingMethod;
  readonly onChange: (method: ForwardingMethod | null) => void;
  readonly problems: readonly Problem[];
}

/** How packets reach this one real server, where that is not as its service says. */
export function OwnMethodField({ value, ofService, onChange, problems }: OwnMethodFieldProps) {
  const t = useTranslations('inspector');
  const methods = useTranslations('method');
  return (
    <SelectField<ForwardingMethod | typeof AS_SERVICE>
      label={t('method')}
      value={value ?? AS_SERVICE}
      options={[
        { value: AS_SERVICE, label: t('methodHere', { method: methods(ofService) }) },
        ...offeredBeside(value).map((method) => ({ value: method, label: methods(`${method}Long`) })),
      ]}
      onChange={(method) => onChange(method === AS_SERVICE ? null : method)}
      problems={problems}
    />
  );
}
