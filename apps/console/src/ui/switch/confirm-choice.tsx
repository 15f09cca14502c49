'use client';
import { useId } from 'react';
import { useTranslations } from 'use-intl';

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
  const id = useId();
  const choices = Object.keys(within) as ConfirmWithin[];
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2">
      <label htmlFor={id} className="font-medium">
        {t('confirmWithin')}
      </label>
      <select
        id={id}
        className="rounded-md border border-line-3 bg-panel px-1.5 py-0.5 text-ink"
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.target.value);
          if (chosen) onChange(chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 'never' ? t('confirmNever') : t('confirmMinutes', { count: within[choice] / 60 })}
          </option>
        ))}
      </select>
    </div>
  );
}
