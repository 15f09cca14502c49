'use client';
import type { Problem } from '@signalbox/cluster';
import { useEffect, useRef, useState } from 'react';
import { cn } from './class-names.ts';
import { Field } from './field.tsx';
import { useUnreadable } from './unreadable.tsx';

/** The value of a text, wrapped because "none" may be a value; null when the text cannot be read. */
export type Parse<T> = (text: string) => { readonly value: T } | null;

interface ParsedFieldProps<T> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: T;
  readonly format: (value: T) => string;
  readonly parse: Parse<T>;
  /** Said while the text cannot be read. */
  readonly wrong: string;
  readonly onChange: (value: T) => void;
  readonly problems?: readonly Problem[];
  readonly listed?: boolean;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly numeric?: boolean;
  readonly className?: string;
  readonly inputClassName?: string;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
}

/** Text that stands for a value: passed on whenever it can be read, kept and marked while it cannot. */
export function ParsedField<T>(props: ParsedFieldProps<T>) {
  const { value, format, parse, onChange, wrong, mono, numeric, inputClassName, autoFocus = false } = props;
  const [text, setText] = useState(() => format(value));
  const parsed = parse(text);
  const unreadable = parsed === null;
  const drawn = format(value);
  // Changed from elsewhere (undo, another field): what was typed gives way, unless it says the same.
  const [known, setKnown] = useState(drawn);
  if (drawn !== known) {
    setKnown(drawn);
    if (parsed === null || format(parsed.value) !== drawn) setText(drawn);
  }
  useUnreadable(unreadable);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) input.current?.select();
  }, [autoFocus]);
  return (
    <Field
      label={props.label}
      labelHidden={props.labelHidden ?? false}
      hint={props.hint}
      listed={props.listed ?? true}
      problems={unreadable ? [] : (props.problems ?? [])}
      wrong={unreadable ? wrong : null}
      className={props.className ?? ''}
    >
      {({ className, ...control }) => (
        <input
          {...control}
          ref={input}
          className={cn(className, mono && 'mono', numeric && 'text-right', inputClassName)}
          inputMode={numeric ? 'numeric' : 'text'}
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder}
          disabled={props.disabled}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            const next = parse(event.target.value);
            if (next !== null && format(next.value) !== drawn) onChange(next.value);
          }}
        />
      )}
    </Field>
  );
}
