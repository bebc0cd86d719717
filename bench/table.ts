import type { Row } from './row.ts'

const HEAD = ['figure', 'value', 'unit', 'yardstick', '', 'ratio', 'target', 'met']
/** Columns of numbers. */
const RIGHT = new Set([1, 4, 5])

/** The rows as cells; the ratio is the value's share of its yardstick. */
function cellsOf(row: Row): string[] {
  const { name, value, unit, yardstick, target, met } = row
  const ratio = yardstick === null || yardstick.value === 0 ? '' : shown(value / yardstick.value)
  return [
    name,
    shown(value),
    unit,
    yardstick?.name ?? '',
    yardstick === null ? '' : shown(yardstick.value),
    ratio,
    target ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
  ]
}

/** A table in Markdown whose columns line up as plain text too. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(cellsOf)
  const widths = HEAD.map((title, n) => Math.max(3, title.length, ...cells.map((row) => row[n]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, n) => (RIGHT.has(n) ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, n) => (RIGHT.has(n) ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`
  return [line(HEAD), rule, ...cells.map(line)].join('\n')
}

/** Three figures that say something, and thousands apart. */
function shown(value: number): string {
  if (!Number.isFinite(value)) return '?'
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}
