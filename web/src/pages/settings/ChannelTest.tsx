import { Alert } from '@mantine/core'
import type { ChannelTestResult } from '#client'
import { milliseconds } from '../../format/numbers.ts'
import { t } from '../../texts/texts.ts'

/** Whether a test arrived, and in the receiver's own words why not. */
export function ChannelTest({ result: { success, statusCode, responseTime, error } }: { result: ChannelTestResult }) {
  const code = statusCode === null ? '' : ` · HTTP ${statusCode}`
  return (
    <Alert
      color={success ? 'green' : 'red'}
      variant="light"
      title={t(success ? 'channels.arrived' : 'channels.failed')}
    >
      {error ?? ''} {milliseconds(responseTime)}
      {code}
    </Alert>
  )
}
