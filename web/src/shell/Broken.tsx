import { Button } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Unavailable } from '../parts/Unavailable.tsx'
import { t } from '../texts/texts.ts'

/** In the place of a page that could not be shown. */
export function Broken({ error }: ErrorComponentProps) {
  return (
    <Unavailable error={error}>
      <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
    </Unavailable>
  )
}
