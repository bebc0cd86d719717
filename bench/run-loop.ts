import type { LoopFigures, LoopOrder } from './bare-loop.ts'
import { Partner } from './partner.ts'

/** Runs a bare loop in a process of its own. */
export async function runLoop(order: LoopOrder): Promise<LoopFigures> {
  const loop = new Partner('./bare-loop.ts')
  try {
    await loop.ask()
    return await loop.ask<LoopFigures>(order)
  } finally {
    await loop.stop()
  }
}
