import type { MonitorRow } from '#client'
import { t } from '../texts/texts.ts'

export type Status = MonitorRow['status'] | 'UNKNOWN'

/** A shape for each status, so that colour is never the only sign. */
const SHAPES: { readonly [status in Status]: string } = {
  UP: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.2 5.3-3.9 4.4a.8.8 0 0 1-1.1 0L4.6 9.2a.75.75 0 1 1 1-1.1l1 1 3.4-3.8a.75.75 0 0 1 1.2 1z',
  DOWN: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1L5.1 1zm.4 3.7a.8.8 0 1 0-1 1L6.9 8l-2.4 2.3a.8.8 0 1 0 1 1.1L8 9.1l2.4 2.3a.8.8 0 1 0 1.1-1.1L9.1 8l2.4-2.3a.8.8 0 1 0-1.1-1L8 6.9 5.5 4.7z',
  DEGRADED:
    'M8 1.2c.4 0 .7.2.9.5l6.2 11.4c.4.7-.1 1.6-.9 1.6H1.8c-.8 0-1.3-.9-.9-1.6L7.1 1.7c.2-.3.5-.5.9-.5zM7.2 5.5v4.2h1.6V5.5H7.2zm0 5.4v1.6h1.6v-1.6H7.2z',
  PAUSED: 'M3.5 2h3v12h-3V2zm6 0h3v12h-3V2z',
  MAINTENANCE: 'M8 .9 15.1 8 8 15.1.9 8 8 .9zm-.8 3.6v4.3h1.6V4.5H7.2zm0 5.5v1.6h1.6V10H7.2z',
  PENDING:
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6zM7.2 4.5v4l2.9 1.8.8-1.3-2.1-1.3V4.5H7.2z',
  UNKNOWN: 'M2 7.2h12v1.6H2V7.2z',
}

/** A status by shape, colour and word. `small`: the word is for those only who don't see the shape. */
export function StatusMark({ status, small = false }: { status: Status; small?: boolean }) {
  const word = t(`status.${status}`)
  return (
    <span className={`status status-${status.toLowerCase()}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path d={SHAPES[status]} fillRule="evenodd" fill="currentColor" />
      </svg>
      <span className={small ? 'unseen' : 'status-word'}>{word}</span>
    </span>
  )
}
