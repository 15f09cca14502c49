import { LampWord } from '../kit/lamp.tsx';

/** Hosts with nothing to do, in one line however many they are. */
export function IdleHosts({ names, word }: { names: readonly string[]; word: string }) {
  if (names.length === 0) return null;
  return (
    <section className="flex items-baseline gap-4 rounded-xl border border-line bg-panel px-4 py-3 shadow-card">
      <span className="min-w-0 flex-1 text-ink-2">{names.join(', ')}</span>
      <LampWord state="ok">{word}</LampWord>
    </section>
  );
}
