import { printable } from './printable.ts'

/** Lines of a table with a heading and aligned columns, two spaces apart. Control characters are shown as spaces. */
export function tableLines(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [heading, ...rows].map((row) => row.map(printable))
  const widths = heading.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? '')].length)))
  return cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
}

/** ISO 8601 UTC to the second; a dash for null. */
export function tableTime(atMs: number | null): string {
  return isoTime(atMs) ?? '-'
}

/** ISO 8601 UTC to the second. */
export function isoTime(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
