import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { MonitorRow } from '#client'
import { t } from '../../texts/texts.ts'
import { MonitorListRow } from './MonitorListRow.tsx'

const ROW_PX = 52
const STEPS: { readonly [key: string]: number } = { ArrowDown: 1, ArrowUp: -1 }

/** As many rows as there are, of which only those in sight exist. Arrow keys go from one to the next. */
export function MonitorList({ monitors }: { monitors: MonitorRow[] }) {
  const list = useRef<HTMLDivElement>(null)
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), [])
  const rows = useWindowVirtualizer({
    count: monitors.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => monitors[index]?.id ?? index,
  })
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-index]') : null
    if (step === undefined || row === null) return
    event.preventDefault()
    const next = Number(row.dataset['index']) + step
    rows.scrollToIndex(next)
    list.current?.querySelector<HTMLElement>(`[data-index="${next}"] a`)?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in sight are not there, which no table element can be
    <div role="table" aria-label={t('nav.monitors')} aria-rowcount={monitors.length + 1} className="monitor-list">
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a row is read, its link is used */}
      <div role="row" className="monitor-row monitor-head" aria-rowindex={1}>
        {(['status', 'name', 'type', 'uptime', 'response', 'checked'] as const).map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <span role="columnheader" key={column} className={`cell-${column}`}>
            {t(`monitors.column.${column}`)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        ref={list}
        role="rowgroup"
        onKeyDown={onKey}
        style={{ height: rows.getTotalSize() }}
        className="monitor-rows"
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const monitor = monitors[index]
          return monitor === undefined ? null : (
            <MonitorListRow key={key} monitor={monitor} index={index} topPx={start - offset} />
          )
        })}
      </div>
    </div>
  )
}
