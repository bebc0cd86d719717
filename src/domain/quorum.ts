import type { RegionQuorum } from './monitor.ts'

/** How many of `regions` regions must fail: at least one, never more than there are. */
export function quorumOf(quorum: RegionQuorum, regions: number): number {
  const most = Math.max(1, regions)
  if (quorum === 'any') return 1
  if (quorum === 'all') return most
  if (quorum === 'majority') return Math.floor(most / 2) + 1
  return Math.min(Math.max(1, quorum), most)
}
