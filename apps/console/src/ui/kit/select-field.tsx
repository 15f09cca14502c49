'use client';
import type { Problem } from '@signalbox/cluster';
import { cn } from './class-names.ts';
import { Field } from './field.tsx';

interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: T) => void;
  readonly problems?: readonly Problem[];
  readonly listed?: boolean;
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** One of a closed list. A value that is not in it (a thing that was removed) is shown as it is. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { value, options, onChange } = props;
  const known = options.some((option) => option.value === value);
  return (
    <Field
      label={props.label}
      labelHidden={props.labelHidden ?? false}
      hint={props.hint}
      listed={props.listed ?? true}
      problems={props.problems ?? []}
      className={props.className ?? ''}
    >
      {({ className, ...control }) => (
        <select
          {...control}
          className={cn(className, 'pr-1')}
          disabled={props.disabled}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
        >
          {known ? null : <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
