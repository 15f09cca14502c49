import { type RefCallback, useCallback, useState } from 'react';

/** How wide an element is now; `first` until it was measured. */
export function useWidth(first: number): readonly [number, RefCallback<Element>] {
  const [width, setWidth] = useState(first);
  const measure = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, measure];
}
