/** Calls that each operation in each Region takes, as AWS counts them. */
interface Allowed {
  /** Tokens that come back in a simulated second. */
  readonly perSecond: number;
  /** Tokens of a full bucket. */
  readonly burst: number;
}

/** Makes the function that takes a token for a request at `at` (ms); false when none is left. */
export function tokenBuckets({perSecond, burst}: Allowed): (key: string, at: number) => boolean {
  const buckets = new Map<string, {readonly tokens: number; readonly at: number}>();
  return (key, at) => {
    const bucket = buckets.get(key) ?? {tokens: burst, at};
    const tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) * perSecond) / 1000);
    buckets.set(key, {tokens: tokens >= 1 ? tokens - 1 : tokens, at});
    return tokens >= 1;
  };
}
