import { Command } from 'commander'
import type { CliIo } from './io.ts'
import { withStore } from './with-store.ts'

/** `migrate`: `serve` does the same when it starts; this does it beforehand. */
export function migrateCommand(io: CliIo): Command {
  return new Command('migrate')
    .description("Bring the database to this version's shape; `serve` does so by itself")
    .action(async () => {
      await withStore(io, ({ store }) => store.checkWritable())
      io.err('The database has the shape of this version.')
    })
}
