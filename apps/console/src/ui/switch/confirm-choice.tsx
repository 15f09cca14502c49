'use client';
import { useTranslations } from 'use-intl';
import { SelectField } from '../kit/select-field.tsx';

const within = { never: null, oneMinute: 60, threeMinutes: 180, tenMinutes: 600 } as const;
/** How long there is to say that the switch stays; never: it stays anyway. */
export type ConfirmWithin = keyof typeof within;

export const secondsOf = (choice: ConfirmWithin): number | null => within[choice];

/** For who might lock themselves out: a switch that nobody confirms is undone, by the director itself if need be. */
export function ConfirmChoice({
  value,
  onChange,
}: {
  readonly value: ConfirmWithin;
  readonly onChange: (choice: ConfirmWithin) => void;
}) {
  const t = useTranslations('switching');
  const choices = Object.keys(within) as ConfirmWithin[];
  return (
    <SelectField
      className="mt-2 w-64"
      label={t('confirmWithin')}
      value={value}
      options={choices.map((choice) => ({
        value: choice,
        label: choice === 'never' ? t('confirmNever') : t('confirmMinutes', { count: within[choice] / 60 }),
      }))}
      onChange={onChange}
    />
  );
}
