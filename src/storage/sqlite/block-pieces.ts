import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { StorageError } from '../port.ts'
import { decodeBlock, encodeBlock } from '../results/block.ts'
import type { ResultRow } from '../results/result-row.ts'

/**
 * A block is cut into rows of this size. A row of 1 to 4 KB would waste up to a whole 4 KB page; eight of these fill one
 * exactly (4,080 usable bytes, 10 to 12 of overhead a row), and being written in order they leave no gaps.
 */
const PIECE_BYTES = 498

/** Where a block is: its first piece, and how many. */
export interface BlockPlace {
  piece: number
  pieces: number
}

export class BlockPieces {
  readonly #insert: StatementSync
  readonly #select: StatementSync
  readonly #delete: StatementSync
  readonly #last: StatementSync

  constructor(connection: DatabaseSync) {
    this.#insert = connection.prepare('insert into block_piece (id, data) values (?, ?)')
    this.#select = connection.prepare('select data from block_piece where id >= ? and id < ? order by id')
    this.#delete = connection.prepare('delete from block_piece where id >= ? and id < ?')
    this.#last = connection.prepare('select coalesce(max(id), 0) as id from block_piece')
  }

  write(rows: readonly ResultRow[]): BlockPlace {
    const bytes = encodeBlock(rows)
    const piece = Number(this.#last.get()?.['id']) + 1
    let pieces = 0
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      this.#insert.run(piece + pieces++, bytes.subarray(at, at + PIECE_BYTES))
    }
    return { piece, pieces }
  }

  /** Throws `StorageError` when the block is damaged. */
  read({ piece, pieces }: BlockPlace): ResultRow[] {
    const parts = this.#select.all(piece, piece + pieces).map((row) => row['data'])
    try {
      return decodeBlock(Buffer.concat(parts.filter((part) => part instanceof Uint8Array)))
    } catch (error) {
      throw new StorageError('broken', `block ${piece} can't be read`, { cause: error })
    }
  }

  remove({ piece, pieces }: BlockPlace): void {
    this.#delete.run(piece, piece + pieces)
  }
}
