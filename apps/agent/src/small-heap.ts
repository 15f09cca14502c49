// A guest on other people's servers: V8 collects early here rather than to take more memory and keep it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * To be called once, when the program is loaded and before it works. V8 lets a young program grow far before it looks for
 * garbage; after a first collection it does so each time the heap grew by the share set here.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
