import { Kysely } from 'kysely'
import { StorageError, type Store } from '../port.ts'
import { accountRepository } from '../repositories/accounts.ts'
import { auditRepository } from '../repositories/audit.ts'
import { channelRepository } from '../repositories/channels.ts'
import { deliveryRepository } from '../repositories/deliveries.ts'
import { heartbeatRepository } from '../repositories/heartbeats.ts'
import { idempotencyRepository } from '../repositories/idempotency.ts'
import { incidentHistoryRepository } from '../repositories/incident-history.ts'
import { incidentRepository } from '../repositories/incidents.ts'
import { instanceRepository } from '../repositories/instance.ts'
import { invitationRepository } from '../repositories/invitations.ts'
import { keyRepository } from '../repositories/keys.ts'
import { maintenanceRepository } from '../repositories/maintenance.ts'
import { memberRepository } from '../repositories/members.ts'
import { monitorRepository } from '../repositories/monitors.ts'
import { requestRepository } from '../repositories/requests.ts'
import { resealer } from '../repositories/reseal.ts'
import { sessionRepository } from '../repositories/sessions.ts'
import { spanRepository } from '../repositories/spans.ts'
import { statusPageRepository } from '../repositories/status-pages.ts'
import { userRepository } from '../repositories/users.ts'
import type { Tables } from '../schema.ts'
import type { SecretBox } from '../secret-box.ts'
import { Committer } from './commit.ts'
import { checkpointByItself, limitPages, openConnection, setBusyTimeout } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { Directory } from './directory.ts'
import { guarded } from './errors.ts'
import { exclusiveOf } from './exclusive.ts'
import { HotTier } from './hot-tier.ts'
import { migrate } from './migrate.ts'
import { deletedPurger } from './purge-deleted.ts'
import { resultRepository } from './results.ts'
import { WalKeeper } from './wal-keeper.ts'
import { WalSync } from './wal-sync.ts'

/** How long opening waits for another process that is opening or upgrading the same file. */
const OPENING_TIMEOUT_MS = 5_000

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  path: string
  secrets: SecretBox
  /** Bounds the file, in pages of 4 KB; default: the disk. */
  maxPages?: number
}

/** Opens the embedded store, making or upgrading its schema. Throws `StorageError`. */
export async function openSqliteStore({ path, secrets, maxPages }: SqliteOptions): Promise<Store> {
  const connection = openConnection(path, OPENING_TIMEOUT_MS)
  const { dialect, isHeld } = sqliteDialect(connection)
  const db = new Kysely<Tables>({ dialect })
  try {
    await migrate(db)
    setBusyTimeout(connection)
    if (maxPages !== undefined) limitPages(connection, maxPages)
  } catch (error) {
    connection.close()
    throw error
  }
  const exclusive = exclusiveOf(db, isHeld)
  const { directory, hot, committer, purgeDeleted } = await exclusive(() => {
    const directory = new Directory(connection)
    const hot = new HotTier(connection, directory)
    const committer = new Committer(connection, directory, hot, secrets)
    return { directory, hot, committer, purgeDeleted: deletedPurger(connection) }
  })
  hot.scan(exclusive)
  const isFile = path !== ':memory:'
  const walSync = isFile ? new WalSync(`${path}-wal`) : null
  const walKeeper = isFile ? new WalKeeper({ path, db, onLost: () => checkpointByItself(connection) }) : null
  let isClosed = false
  return {
    accounts: accountRepository(db),
    keys: keyRepository(db),
    users: userRepository(db),
    members: memberRepository(db),
    invitations: invitationRepository(db),
    sessions: sessionRepository(db),
    monitors: monitorRepository(db, secrets, () => exclusive(purgeDeleted)),
    incidents: incidentRepository(db),
    incidentHistory: incidentHistoryRepository(db),
    heartbeats: heartbeatRepository(db),
    statusPages: statusPageRepository(db),
    maintenance: maintenanceRepository(db),
    channels: channelRepository(db, secrets),
    deliveries: deliveryRepository(db),
    results: resultRepository(connection, exclusive, directory, hot),
    spans: spanRepository(db),
    instance: instanceRepository(db),
    audit: auditRepository(db),
    requests: requestRepository(db),
    idempotency: idempotencyRepository(db, secrets),
    reseal: resealer(db, secrets),
    commit: (batch) => exclusive(() => committer.apply(batch)),
    async durable() {
      if (isClosed) throw new StorageError('closed', 'the store is closed')
      await walSync?.sync()
    },
    async checkWritable() {
      await db
        .updateTable('writable')
        .set((row) => ({ stamp: row('stamp', '+', 1) }))
        .where('id', '=', 1)
        .execute()
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await walKeeper?.close()
      await walSync?.close()
      // Behind whatever still runs.
      await db.connection().execute(async () => guarded(() => connection.close()))
    },
  }
}
