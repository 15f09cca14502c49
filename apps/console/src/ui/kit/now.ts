import { useEffect, useState } from 'react';

/** The browser's clock in milliseconds, renewed at this interval. For ages that grow while nothing arrives. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
