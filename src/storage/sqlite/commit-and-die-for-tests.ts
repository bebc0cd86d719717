import {
  batch,
  channelOf,
  eventOf,
  incidentOf,
  report,
  START_MS,
  stateOf,
  unique,
  watched,
} from '../contract/builders.ts'
import { SECRETS } from './open-for-tests.ts'
import { openSqliteStore } from './store.ts'

// A process of its own: commits, and is killed by the parent as soon as it says that the commit resolved.
const store = await openSqliteStore({ path: process.argv[2] ?? '', secrets: SECRETS })
const { account, monitor } = await watched(store)
const channel = channelOf(account.id)
await store.channels.create(channel)
await store.commit(
  batch({
    states: [{ monitorId: monitor.id, state: stateOf('DOWN') }],
    results: Array.from({ length: 5_000 }, (_, n) => report(monitor.id, START_MS + n * 1000)),
    incidents: { opened: [incidentOf(monitor)], changed: [] },
    events: [{ event: eventOf(monitor), deliveries: [{ id: unique('del'), channelId: channel.id }] }],
    workers: [{ workerId: 'w', sequence: 42 }],
  }),
)
process.stdout.write(`${monitor.id}\n`)
setInterval(() => undefined, 1000)
