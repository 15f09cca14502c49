import type { ReactNode } from 'react';

/** Nothing here yet: what it will be, and the button that makes the first. */
export function Empty({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-[52ch] flex-col items-center gap-3 px-6 py-14 text-center">
      <h2 className="text-[15px] font-semibold">{title}</h2>
      <div className="text-ink-2">{children}</div>
      {actions === undefined ? null : (
        <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
