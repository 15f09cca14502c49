'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';

/** The one menu: arrow keys, first letters, Escape. It opens within the part of the page that its button belongs to. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null);
  const [part, setPart] = useState<HTMLElement | null>(null);
  return (
    <Radix.Root
      modal={false}
      onOpenChange={() => setPart(button.current?.closest<HTMLElement>('main, header') ?? null)}
    >
      <Radix.Trigger ref={button} asChild>
        {trigger}
      </Radix.Trigger>
      <Radix.Portal container={part}>
        <Radix.Content
          align="start"
          sideOffset={5}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-lg border border-line-2 bg-panel p-1 text-ink shadow-lg"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const itemLook =
  'flex min-h-7 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-selected';

export function MenuItem({
  onSelect,
  disabled = false,
  children,
}: {
  onSelect: () => void;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Radix.Item className={itemLook} onSelect={onSelect} disabled={disabled}>
      {children}
    </Radix.Item>
  );
}

/** One of several, of which one is chosen. */
export function MenuChoice<T extends string>({
  value,
  options,
  onChange,
  name,
}: {
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
  name: string;
}) {
  return (
    <Radix.RadioGroup
      aria-label={name}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={itemLook}>
          <span className="size-3.5">
            <Radix.ItemIndicator>
              <Check className="size-3.5" aria-hidden />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-tiny text-ink-3">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}
