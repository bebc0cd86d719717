const DAY_MS = 86_400_000

/**
 * Incidents are counted by the time in which they began: an account's by days, a monitor's, of which there are fewer, by
 * 30 days. A million incidents of a year are some hundred buckets of some thousand each: the sum of the buckets counts
 * them, and tells where a page far down the list begins, without a look at the incidents between.
 */
export const ACCOUNT_BUCKET_MS = DAY_MS
export const MONITOR_BUCKET_MS = 30 * DAY_MS
