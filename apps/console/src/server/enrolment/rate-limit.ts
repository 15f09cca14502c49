/** At most `limit` requests per window and key; the number of keys remembered is bounded. */
export interface RateLimit {
  /** Counts this request; false when it is one too many. */
  allows(key: string, nowMs: number): boolean;
}

const MAX_KEYS = 10_000;

export function rateLimit({ limit, windowMs }: { limit: number; windowMs: number }): RateLimit {
  let windowStart = 0;
  let counts = new Map<string, number>();
  return {
    allows: (key, nowMs) => {
      if (nowMs - windowStart >= windowMs) {
        windowStart = nowMs;
        counts = new Map();
      }
      // A flood from very many addresses shares one count rather than our memory.
      const counted = counts.has(key) || counts.size < MAX_KEYS ? key : '';
      const count = (counts.get(counted) ?? 0) + 1;
      counts.set(counted, count);
      return count <= limit;
    },
  };
}
