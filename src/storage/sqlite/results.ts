import type { DatabaseSync } from 'node:sqlite'
import type { ResultRepository, StoredCheck } from '../port.ts'
import { hourOf, toMs, toStoredCheck } from '../results/result-row.ts'
import { countOf, emptyRollup, mergeInto } from '../results/rollup.ts'
import { BlockHours } from './block-hours.ts'
import { BlockPieces } from './block-pieces.ts'
import { ChecksList } from './checks-list.ts'
import { HourCloser } from './close-hours.ts'
import type { Directory, Series } from './directory.ts'
import { blockDropper } from './drop-blocks.ts'
import type { Exclusive } from './exclusive.ts'
import type { HotTier } from './hot-tier.ts'
import { TimesReader } from './measured-times.ts'
import { FiguresReader, figuresOf } from './response-figures.ts'
import { TotalsReader } from './response-totals.ts'
import { RollupTable } from './rollup-table.ts'

/** Monitors averaged before others get their turn. */
const AVERAGED_AT_ONCE = 100
/** Series added up before others get their turn: a day of one takes some 0.1 ms. */
const ADDED_AT_ONCE = 20

export function resultRepository(
  connection: DatabaseSync,
  exclusive: Exclusive,
  directory: Directory,
  hot: HotTier,
): ResultRepository {
  const pieces = new BlockPieces(connection)
  const rollups = new RollupTable(connection)
  const blocks = new BlockHours(connection)
  const checks = new ChecksList(hot, pieces, blocks)
  const closer = new HourCloser(connection, hot, pieces, rollups)
  const figures = new FiguresReader(hot, rollups)
  const totals = new TotalsReader(hot, rollups, blocks, pieces)
  const times = new TimesReader(hot, blocks, pieces, exclusive)
  const drop = blockDropper(connection, pieces)
  const applied = connection.prepare('select sequence from worker_progress where worker_id = ?')

  const seriesOf = (monitorId: string): Series[] => [...(directory.get(monitorId)?.series.values() ?? [])]
  /** Runs once the index of the hot tier is complete. */
  const whenReady = async <T>(work: () => T): Promise<T> => {
    await hot.ready
    return await exclusive(work)
  }
  const newest = ({ id, region }: Series): StoredCheck | undefined => {
    const open = hot.open.newest(id)
    const row = open === undefined ? undefined : hot.read(open.id)
    const hour = blocks.newestBefore(id, Number.MAX_SAFE_INTEGER)
    const block = hour === undefined || hour < hourOf(row?.scheduled_ms ?? 0) ? undefined : rollups.hour(id, hour)
    const closed = block?.piece == null ? undefined : pieces.read({ piece: block.piece, pieces: block.pieces }).at(-1)
    const latest = closed !== undefined && closed.scheduled_ms > (row?.scheduled_ms ?? 0) ? closed : row
    return latest === undefined ? undefined : toStoredCheck(latest, region)
  }
  return {
    list: (monitorId, filter, page) => whenReady(() => checks.list(seriesOf(monitorId), filter, page)),
    latest: (monitorId) =>
      whenReady(() =>
        seriesOf(monitorId)
          .map(newest)
          .filter((check) => check !== undefined)
          .sort((a, b) => (a.region < b.region ? -1 : 1)),
      ),
    figures: (monitorId, range, { bucket, byRegion }) =>
      whenReady(() => figures.figures(seriesOf(monitorId), range, bucket, byRegion)),
    async totals(monitorId, range) {
      const together = emptyRollup()
      const byRegion = []
      for (const { id, region } of seriesOf(monitorId).sort((a, b) => (a.region < b.region ? -1 : 1))) {
        const rollup = await whenReady(() => totals.exact(id, range))
        mergeInto(together, rollup)
        if (countOf(rollup, null) > 0) byRegion.push(figuresOf(range.fromMs, region, rollup))
      }
      return { together: figuresOf(range.fromMs, null, together), byRegion }
    },
    async totalsOf(monitorIds, range) {
      const together = emptyRollup()
      const series = monitorIds.flatMap(seriesOf)
      for (let at = 0; at < series.length; at += ADDED_AT_ONCE) {
        if (at > 0) await new Promise<void>((resolve) => setImmediate(resolve))
        await whenReady(() => {
          for (const { id } of series.slice(at, at + ADDED_AT_ONCE)) mergeInto(together, totals.whole(id, range))
        })
      }
      return figuresOf(range.fromMs, null, together)
    },
    async times(monitorId, range, { region, atMost = Number.POSITIVE_INFINITY } = {}) {
      await hot.ready
      const series = seriesOf(monitorId).filter((one) => region === undefined || one.region === region)
      return await times.times(series, range, atMost)
    },
    async averages(monitorIds, range) {
      const averages = new Map<string, number>()
      for (let at = 0; at < monitorIds.length; at += AVERAGED_AT_ONCE) {
        if (at > 0) await new Promise<void>((resolve) => setImmediate(resolve))
        await whenReady(() => {
          for (const monitorId of monitorIds.slice(at, at + AVERAGED_AT_ONCE)) {
            let measured = 0
            let sum = 0
            for (const { id } of seriesOf(monitorId)) {
              const part = figures.measured(id, range)
              measured += part.measured
              sum += part.sum
            }
            if (measured > 0) averages.set(monitorId, toMs(sum / measured))
          }
        })
      }
      return averages
    },
    closeHours: (nowMs) => whenReady(() => closer.step(nowMs)),
    dropOlder: (accountId, beforeMs) => exclusive(() => drop(accountId, beforeMs)),
    appliedSequence: (workerId) => exclusive(() => Number(applied.get(workerId)?.['sequence'] ?? 0)),
  }
}
