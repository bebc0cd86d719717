import { Skeleton } from '@mantine/core'
import { t } from '../texts/texts.ts'

/** In the place of what is on its way: shapes of the size that it will have. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div className="waiting" role="status" aria-label={t('waiting')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={index} height={index === 0 ? 28 : 44} radius="sm" />
      ))}
    </div>
  )
}
