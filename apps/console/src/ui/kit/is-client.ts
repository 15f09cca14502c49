import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False while the server renders and in the first pass in the browser, then true: for what only a browser knows. */
export const useIsClient = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
