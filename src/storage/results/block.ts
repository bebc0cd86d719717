import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { fromJson } from '../json.ts'
import { BitReader, BitWriter } from './bits.ts'
import { readColumn, readSparse, writeColumn, writeSparse } from './column.ts'
import type { ResultRow } from './result-row.ts'

const VERSION = 1
/** Below this the texts are kept plain: a zstd frame would be longer. */
const COMPRESS_FROM_BYTES = 48
const PHASES = ['dns', 'connect', 'tls', 'first_byte', 'download'] as const
const TEXTS = ['error', 'category', 'details'] as const

/**
 * Packs checks of one series, column by column: schedules as differences of differences (a steady interval is one run),
 * phases as distances from their median, the total as its distance from the sum of the phases, texts as places in a
 * dictionary that zstd compresses. Numbers are packed to the bit first, so that zstd would find nothing in them.
 * Exact: `decodeBlock` gives the same rows, in order of schedule.
 */
export function encodeBlock(rows: readonly ResultRow[]): Uint8Array {
  const sorted = rows.toSorted((a, b) => a.scheduled_ms - b.scheduled_ms || a.start_offset - b.start_offset)
  const out = new BitWriter()
  out.write(VERSION, 8)
  out.rice(sorted.length, 8)
  writeColumn(out, doubleDeltas(sorted.map((row) => row.scheduled_ms)))
  writeColumn(
    out,
    sorted.map((row) => row.start_offset),
  )
  writeColumn(
    out,
    sorted.map((row) => row.kind),
  )
  writeColumn(
    out,
    sorted.map((row) => row.status),
  )
  writeSparse(
    out,
    sorted.map((row) => row.status_code),
  )
  for (const phase of PHASES)
    writeSparse(
      out,
      sorted.map((row) => row[phase]),
    )
  writeSparse(
    out,
    sorted.map((row) => (row.total === null ? null : row.total - phaseSum(row))),
  )
  const dictionary = new Map<string, number>()
  for (const text of TEXTS)
    writeColumn(
      out,
      sorted.map((row) => wordOf(dictionary, row[text])),
    )
  const texts = packTexts([...dictionary.keys()])
  out.write(texts.packing, 2)
  return Buffer.concat([out.finish(), texts.bytes])
}

/** Throws RangeError or SyntaxError for bytes that `encodeBlock` did not write. */
export function decodeBlock(bytes: Uint8Array): ResultRow[] {
  const from = new BitReader(bytes)
  const version = from.read(8)
  if (version !== VERSION) throw new RangeError(`a block of version ${version} needs a newer program`)
  const count = from.rice(8)
  const scheduled = undoDoubleDeltas(readColumn(from, count))
  const startOffset = readColumn(from, count)
  const kind = readColumn(from, count)
  const status = readColumn(from, count)
  const statusCode = readSparse(from, count)
  const phases = PHASES.map(() => readSparse(from, count))
  const beyondPhases = readSparse(from, count)
  const words = TEXTS.map(() => readColumn(from, count))
  const packing = from.read(2)
  const dictionary = unpackTexts(packing, from.rest())
  const textAt = (column: number, at: number) => dictionary[(words[column]?.[at] ?? 0) - 1] ?? null
  return scheduled.map((scheduledMs, at) => {
    const row: ResultRow = {
      scheduled_ms: scheduledMs,
      start_offset: startOffset[at] ?? 0,
      kind: kind[at] ?? 0,
      status: status[at] ?? 0,
      status_code: statusCode[at] ?? null,
      total: null,
      dns: phases[0]?.[at] ?? null,
      connect: phases[1]?.[at] ?? null,
      tls: phases[2]?.[at] ?? null,
      first_byte: phases[3]?.[at] ?? null,
      download: phases[4]?.[at] ?? null,
      error: textAt(0, at),
      category: textAt(1, at),
      details: textAt(2, at),
    }
    const beyond = beyondPhases[at] ?? null
    if (beyond !== null) row.total = beyond + phaseSum(row)
    return row
  })
}

function phaseSum(row: ResultRow): number {
  let sum = 0
  for (const phase of PHASES) sum += row[phase] ?? 0
  return sum
}

function doubleDeltas(values: readonly number[]): number[] {
  let last = 0
  let lastDelta = 0
  return values.map((value) => {
    const delta = value - last
    const twice = delta - lastDelta
    last = value
    lastDelta = delta
    return twice
  })
}

function undoDoubleDeltas(values: readonly number[]): number[] {
  let last = 0
  let lastDelta = 0
  return values.map((twice) => {
    lastDelta += twice
    last += lastDelta
    return last
  })
}

/** Place of a text in the dictionary, from 1; 0 for none. */
function wordOf(dictionary: Map<string, number>, text: string | null): number {
  if (text === null) return 0
  const known = dictionary.get(text)
  if (known !== undefined) return known
  dictionary.set(text, dictionary.size + 1)
  return dictionary.size
}

const NO_TEXTS = 0
const PLAIN = 1
const ZSTD = 2

function packTexts(texts: string[]): { packing: number; bytes: Uint8Array } {
  if (texts.length === 0) return { packing: NO_TEXTS, bytes: new Uint8Array(0) }
  const plain = Buffer.from(JSON.stringify(texts))
  if (plain.length < COMPRESS_FROM_BYTES) return { packing: PLAIN, bytes: plain }
  return { packing: ZSTD, bytes: zstdCompressSync(plain) }
}

function unpackTexts(packing: number, bytes: Uint8Array): string[] {
  if (packing === NO_TEXTS) return []
  const plain = packing === ZSTD ? zstdDecompressSync(bytes) : Buffer.from(bytes)
  return fromJson<string[]>(plain.toString('utf8'))
}
