import type { ReactNode } from 'react';

/** Fields that belong together, under one small title. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2.5">
      <legend className="mb-1.5 text-tiny font-semibold text-ink-3">{title}</legend>
      {children}
    </fieldset>
  );
}
