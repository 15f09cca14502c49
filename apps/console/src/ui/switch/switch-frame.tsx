import type { ReactNode } from 'react';

interface SwitchFrameProps {
  readonly lever: ReactNode;
  readonly title: string;
  /** At the right of the title: when it began, what was asked. */
  readonly aside: ReactNode;
  readonly left: ReactNode;
  readonly right: ReactNode;
  readonly footer: ReactNode;
  readonly below?: ReactNode;
}

/** The switch as one sheet: the lever and what it does above, steps to the left, what they mean to the right. */
export function SwitchFrame({ lever, title, aside, left, right, footer, below }: SwitchFrameProps) {
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto px-5 pt-6">
      <div className="mx-auto mb-6 max-w-[1080px] overflow-clip rounded-xl border border-line-2 bg-panel shadow-lg">
        <header className="flex flex-wrap items-center gap-x-9 gap-y-2 border-b border-line px-6 py-4">
          {lever}
          <h1 className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere] text-[17px] leading-tight font-[650] tracking-[-0.015em]">
            {title}
          </h1>
          <div className="text-ink-3">{aside}</div>
        </header>
        <div className="grid min-h-[420px] grid-cols-[minmax(0,400px)_minmax(0,1fr)] max-[900px]:grid-cols-1">
          <div className="border-r border-line px-6 py-5 max-[900px]:border-r-0">{left}</div>
          <div className="px-6 py-5 max-[900px]:border-t max-[900px]:border-line">{right}</div>
        </div>
        <footer className="sticky bottom-0 flex flex-wrap items-center gap-x-6 gap-y-2.5 border-t border-line bg-bg px-6 py-3.5">
          {footer}
        </footer>
      </div>
      {below}
    </main>
  );
}
