'use client';
// Counts the fields whose text cannot be read: what is in them is not in the draft, so it cannot be saved.
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const Count = createContext(0);
const Change = createContext<(by: 1 | -1) => void>(() => undefined);

export function UnreadableFields({ children }: { children: ReactNode }) {
  const [count, setCount] = useState(0);
  const [change] = useState(() => (by: 1 | -1) => setCount((before) => before + by));
  return (
    <Change.Provider value={change}>
      <Count.Provider value={count}>{children}</Count.Provider>
    </Change.Provider>
  );
}

/** Says of one field whether it is such a one; a field that is taken off the page is not. */
export function useUnreadable(unreadable: boolean): void {
  const change = useContext(Change);
  useEffect(() => {
    if (!unreadable) return undefined;
    change(1);
    return () => change(-1);
  }, [unreadable, change]);
}

export const useUnreadableCount = (): number => useContext(Count);
