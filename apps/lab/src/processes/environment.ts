import { dirname } from 'node:path';
import { SYSTEM_PATH } from './programs.ts';

/** What a program on a node finds in its environment: a login's minimum, our Node first in the path, and its own. */
export const environment = (own: Record<string, string>) => ({
  PATH: `${dirname(process.execPath)}:${SYSTEM_PATH}`,
  HOME: '/root',
  LANG: 'C.UTF-8',
  ...own,
});
