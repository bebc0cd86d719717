import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { MonitorRow } from '#client'
import { milliseconds, percentage } from '../../format/numbers.ts'
import { StatusMark } from '../../parts/StatusMark.tsx'
import { TimeAgo } from '../../parts/TimeAgo.tsx'
import { typeLabel } from '../monitor-form/types.ts'

interface Props {
  monitor: MonitorRow
  index: number
  topPx: number
}

/** One monitor in the list. */
export const MonitorListRow = memo(({ monitor, index, topPx }: Props) => {
  const { id, name, url, type, status, tags, uptime90d, avgResponseTime24h, lastCheckedAt } = monitor
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows stand where they are placed
    // biome-ignore lint/a11y/useFocusableInteractive: a row is read, its link is used
    <div
      role="row"
      className="monitor-row"
      aria-rowindex={index + 2}
      data-index={index}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      <Cell of="status">
        <StatusMark status={status} />
      </Cell>
      <Cell of="name">
        <Link to="/monitors/$monitorId" params={{ monitorId: id }} className="name">
          {name}
        </Link>
        <span className="sub">
          {url}
          {tags.map((tag) => (
            <span className="tag" key={tag}>
              {tag}
            </span>
          ))}
        </span>
      </Cell>
      <Cell of="type">{typeLabel(type)}</Cell>
      <Cell of="uptime">{percentage(uptime90d)}</Cell>
      <Cell of="response">{milliseconds(avgResponseTime24h)}</Cell>
      <Cell of="checked">
        <TimeAgo at={lastCheckedAt} />
      </Cell>
    </div>
  )
})

function Cell({ of, children }: { of: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells of such a row
    <span role="cell" className={`cell-${of}`}>
      {children}
    </span>
  )
}
