import type { AccountAnalytics } from '#client'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { t, tn } from '../../texts/texts.ts'

/** One sentence on how everything stands. */
export function Verdict({ counts }: { counts: AccountAnalytics['monitors'] }) {
  const { down, degraded, up, maintenance } = counts
  const [status, words] =
    down > 0
      ? (['DOWN', tn('overview.down', down)] as const)
      : degraded > 0
        ? (['DEGRADED', tn('overview.degraded', degraded)] as const)
        : up > 0 || maintenance > 0
          ? (['UP', t('overview.allUp')] as const)
          : (['PENDING', t('overview.unknown')] as const)
  return (
    <p className={`verdict verdict-${status.toLowerCase()}`}>
      <StatusMark status={status} small />
      {words}
    </p>
  )
}
