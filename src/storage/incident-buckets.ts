const DAY_MS = 86_400_000

/**
 * Incidents are counted by the time in which they began: an account's by weeks, a monitor's, of which there are fewer, by
 * 30 days. A million incidents of a year are 52 buckets of some twenty thousand each: the sum of the buckets counts them,
 * and tells where a page far down the list begins, without a look at the incidents between. Shorter buckets would be
 * quicker to look through and slower to sum up: by days the sum took four fifths of the time of a page.
 */
export const ACCOUNT_BUCKET_MS = 7 * DAY_MS
export const MONITOR_BUCKET_MS = 30 * DAY_MS
