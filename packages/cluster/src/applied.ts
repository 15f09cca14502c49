/** What the model of a host answers: the state afterwards, or the kernel's word and no change at all. */
export type Applied<T> =
  | { readonly kind: 'ok'; readonly state: T }
  | { readonly kind: 'failed'; readonly errno: string };

export const ok = <T>(state: T): Applied<T> => ({ kind: 'ok', state });
export const failed = (errno: string): Applied<never> => ({ kind: 'failed', errno });
