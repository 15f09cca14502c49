/** Ids for a new cluster, best first: its name as it may stand in a URL, then with numbers. At most 1,000. */
export function* clusterIds(name: string): Generator<string> {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/g, '');
  const base = slug === '' ? 'cluster' : slug;
  yield base;
  for (let n = 2; n < 1000; n++) yield `${base}-${n}`;
}
