'use client';
import type { FormEvent, ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { Notice } from '../kit/notice.tsx';

interface DoorFormProps {
  readonly title: string;
  readonly text?: string;
  readonly failure: string | null;
  readonly busy: boolean;
  readonly submit: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

export function DoorForm({ title, text, failure, busy, submit, onSubmit, children }: DoorFormProps) {
  return (
    <form
      className="flex w-full max-w-[360px] flex-col gap-3.5 rounded-xl border border-line bg-panel p-6 shadow-card"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <h1 className="text-[17px] font-[650] tracking-[-0.01em]">{title}</h1>
      {text === undefined ? null : <p className="text-ink-2">{text}</p>}
      {children}
      <div role="alert">{failure === null ? null : <Notice tone="bad" title={failure} />}</div>
      <Button type="submit" look="primary" disabled={busy}>
        {submit}
      </Button>
    </form>
  );
}
