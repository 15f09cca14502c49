import type { Problem } from '@signalbox/cluster';
import { type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';
import { Problems } from './problems.tsx';

export const inputLook =
  'w-full min-h-8 rounded-md border border-line-3 bg-panel px-2 py-1 text-ink placeholder:text-ink-3 disabled:opacity-60 aria-[invalid=true]:border-bad';

/** What a control needs to be tied to its label and to what is wrong with it. */
export interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

interface FieldProps {
  readonly label: string;
  /** Where the place says what the field is: the label is then for screen readers only. */
  readonly labelHidden?: boolean;
  readonly hint?: string | undefined;
  readonly problems?: readonly Problem[];
  /** False: problems are listed elsewhere, beside a row of fields; here they only mark the field. */
  readonly listed?: boolean;
  /** What is wrong before rules are asked: text that cannot be read. */
  readonly wrong?: string | null;
  readonly className?: string;
  readonly children: (control: ControlProps) => ReactNode;
}

const none: readonly Problem[] = [];

/** A labelled control with what is wrong with it said beneath. */
export function Field(props: FieldProps) {
  const {
    label,
    labelHidden = false,
    hint,
    problems = none,
    listed = true,
    wrong = null,
    className,
    children,
  } = props;
  const id = useId();
  const shown = listed ? problems : none;
  const about = hint !== undefined || shown.length > 0 || wrong !== null ? `${id}-about` : undefined;
  const invalid = wrong !== null || problems.some(({ severity }) => severity === 'error') ? true : undefined;
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-small font-medium text-ink-2'}>
        {label}
      </label>
      {children({ id, className: inputLook, 'aria-invalid': invalid, 'aria-describedby': about })}
      {about === undefined ? null : (
        <div id={about} className="flex flex-col gap-1">
          {hint === undefined ? null : <p className="text-small text-ink-3">{hint}</p>}
          {wrong === null ? null : <p className="text-small text-bad">{wrong}</p>}
          <Problems problems={shown} />
        </div>
      )}
    </div>
  );
}
