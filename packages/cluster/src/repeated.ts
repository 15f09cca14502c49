/** The items whose key an earlier item has already, each with that earlier item. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): { item: T; first: T }[] {
  const firsts = new Map<string, T>();
  return items.flatMap((item) => {
    const first = firsts.get(keyOf(item));
    if (first !== undefined) return [{ item, first }];
    firsts.set(keyOf(item), item);
    return [];
  });
}
