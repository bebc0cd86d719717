/** Decides whether an address may be connected to. */
export interface TargetPolicy {
  /** Null when allowed, else a sentence such as `169.254.169.254 is a cloud metadata address and is never probed`. */
  refusal(address: string): string | null
}
