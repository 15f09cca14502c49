import type { ReactNode } from 'react';

/** Nothing here yet: what it will be, and the button that makes the first. */
export function Empty({
  title,
  page = false,
  children,
  actions,
}: {
  title: string;
  /** The whole page is this: its title is the page's. */
  page?: boolean;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-[52ch] flex-col items-center gap-3 px-6 py-14 text-center">
      <Heading className="text-[15px] font-semibold">{title}</Heading>
      <div className="text-ink-2">{children}</div>
      {actions === undefined ? null : (
        <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
