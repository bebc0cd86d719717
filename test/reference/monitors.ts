import { type Section, testsOf } from './line.ts'

const answers = testsOf('test/acceptance/samples/answers.test.ts')
const create = testsOf('src/api/monitors/create.test.ts')
const heartbeats = testsOf('src/api/heartbeat/heartbeat.test.ts')
const list = testsOf('src/api/monitors/list.test.ts')
const optional = testsOf('src/api/monitors/optional-fields.test.ts')
const story = testsOf('test/acceptance/main-story.test.ts')
const update = testsOf('src/api/monitors/update.test.ts')

/** Monitors and heartbeats. */
export const MONITORS: readonly Section[] = [
  {
    heading: 'List All Monitors',
    lines: [
      {
        at: [75, 77],
        says: 'GET /monitors lists them.',
        shownBy: [
          answers('the list of monitors'),
          list('without a limit all monitors come at once, with one each is told that there is more'),
          list('pages hold every monitor exactly once, though all have the same name and time'),
        ],
      },
      {
        at: [79, 99],
        says: 'The answer: `monitors`, each with `id`, `name`, `url`, `type`, `status`, `interval`, `timeout`, `isActive`, `isPaused`, `createdAt`, `updatedAt`; and `count`.',
        shownBy: [answers('the list of monitors'), list('filters narrow rows and count alike')],
      },
    ],
  },
  {
    heading: 'Get Monitor by ID',
    lines: [
      {
        at: [103, 105],
        says: 'GET /monitors/{monitorId} shows one.',
        shownBy: [answers('a monitor, with figures once it was checked')],
      },
      {
        at: [107, 123],
        says: 'The answer: `id`, `name`, `url`, `type`, `status`, `interval`, `timeout`, `expectedStatusCode`, `httpMethod`, `enabledRegions`, `avgResponseTime24h`, `uptime90d`.',
        shownBy: [
          answers('a monitor, with figures once it was checked'),
          answers("the reference's body makes a monitor, and every field of it comes back"),
          list('uptime and response time are null until something is known, then what history says'),
        ],
      },
    ],
  },
  {
    heading: 'Create Monitor',
    lines: [
      {
        at: [127, 130],
        says: 'POST /monitors with a JSON body (Content-Type: application/json) creates one.',
        shownBy: [
          create("the reference's creation answers 201, its address and the whole monitor"),
          answers("the reference's body makes a monitor, and every field of it comes back"),
        ],
      },
      {
        at: [132, 144],
        says: 'The body: `name`, `url`, `type`, `interval`, `timeout`, `expectedStatusCode`, `httpMethod`, `enabledRegions`.',
        shownBy: [
          answers("the reference's body makes a monitor, and every field of it comes back"),
          create('every bad field is named at once, with what it takes, and a misspelt one with what was meant'),
          create('regions come in either form; those without a worker are kept with a warning'),
        ],
      },
      {
        at: [146, 146],
        says: 'The types: `WEBSITE`, `API`, `GRAPHQL`, `PING`, `PORT`, `DNS`, `SSL_CERT`, `CRON`.',
        shownBy: [
          optional('each type takes its optional fields and shows them again as they were given'),
          create('a field of another type says whose it is, and a type that is not there says which are'),
        ],
      },
      {
        at: [148, 150],
        says: '`requestHeaders` as a JSON string, and `requestBody`.',
        shownBy: [
          optional('each type takes its optional fields and shows them again as they were given'),
          create('headers of a request are answered as they were given, but for what looks like a credential'),
          testsOf('src/probes/http/content.test.ts')('the request is sent as configured'),
        ],
      },
      {
        at: [151, 152],
        says: '`port` and `protocol` (TCP or UDP) of PORT monitors.',
        shownBy: [
          optional('each type takes its optional fields and shows them again as they were given'),
          optional('an optional field with a value that it does not take is named, and nothing is made'),
        ],
      },
      {
        at: [153, 153],
        says: '`dnsRecord` of DNS monitors.',
        shownBy: [
          optional('each type takes its optional fields and shows them again as they were given'),
          optional('an optional field with a value that it does not take is named, and nothing is made'),
        ],
      },
      {
        at: [154, 154],
        says: '`sslCertExpiryDays`: how early a certificate that ends is told of.',
        shownBy: [
          optional('each type takes its optional fields and shows them again as they were given'),
          testsOf('test/acceptance/webhook-events.test.ts')(
            'ssl.expiring once when a certificate nears its end, while the monitor stays UP',
          ),
        ],
      },
      {
        at: [155, 155],
        says: '`gracePeriod` of CRON monitors.',
        shownBy: [
          optional('each type takes its optional fields and shows them again as they were given'),
          story('a missed beat opens an incident at the deadline, and the next ping resolves it'),
        ],
      },
      {
        at: [157, 165],
        says: 'The answer: `id`, `name`, `status`, `createdAt`; UP at once where the first check succeeds.',
        shownBy: [
          answers("the reference's body makes a monitor, and every field of it comes back"),
          create('the answer waits for the first result, unless asked not to or many wait'),
          create('a first result that failed leaves the monitor PENDING'),
        ],
      },
    ],
  },
  {
    heading: 'Update Monitor',
    lines: [
      {
        at: [169, 172],
        says: 'PUT /monitors/{monitorId} with a JSON body (Content-Type: application/json) changes one.',
        shownBy: [update('what GET answers can be PUT back and changes nothing, secrets included')],
      },
      {
        at: [174, 174],
        says: 'Each field may be left out, and stays as it is then.',
        shownBy: [
          update('only given fields change, and null takes a field back to its default'),
          optional('an update may give any one of them alone'),
        ],
      },
    ],
  },
  {
    heading: 'Delete Monitor',
    lines: [
      {
        at: [178, 180],
        says: 'DELETE /monitors/{monitorId} removes one.',
        shownBy: [
          update('deletion answers as the reference says, and what is gone is 404'),
          story('deleting ends the checks and leaves no open incident'),
        ],
      },
      {
        at: [182, 188],
        says: 'The answer: `success` and `message`, word for word.',
        shownBy: [
          answers('pausing, resuming and deleting'),
          update('deletion answers as the reference says, and what is gone is 404'),
        ],
      },
    ],
  },
  {
    heading: 'Pause/Resume Monitor',
    lines: [
      {
        at: [192, 195],
        says: 'POST /monitors/{monitorId}/pause and POST /monitors/{monitorId}/resume.',
        shownBy: [
          update('pause and resume are idempotent, and an update does neither'),
          story('pausing stops the checks and resuming checks at once'),
        ],
      },
      {
        at: [197, 203],
        says: 'The answer: `id` and `isPaused`.',
        shownBy: [answers('pausing, resuming and deleting')],
      },
    ],
  },
  {
    heading: 'Heartbeat Endpoints',
    lines: [
      {
        at: [207, 207],
        says: 'Jobs report to a monitor when they run.',
        shownBy: [
          story('a ping without a key is taken, and the monitor is UP'),
          story('a missed beat opens an incident at the deadline, and the next ping resolves it'),
        ],
      },
    ],
  },
  {
    heading: 'Ping Heartbeat (Success)',
    lines: [
      {
        at: [211, 217],
        says: 'POST /heartbeat/{monitorId}, GET /heartbeat/{monitorId} and HEAD /heartbeat/{monitorId} all do.',
        shownBy: [
          heartbeats('GET, POST and HEAD all ping, and answer as the reference says'),
          answers('a heartbeat, by each of its methods'),
        ],
      },
      {
        at: [219, 226],
        says: 'The answer: `success`, `monitorId`, `timestamp`.',
        shownBy: [
          answers('a heartbeat, by each of its methods'),
          heartbeats('the answer comes only when the beat is durable'),
          story('an acknowledged ping survives a kill right after the answer'),
        ],
      },
    ],
  },
  {
    heading: 'Report Heartbeat Failure',
    lines: [
      {
        at: [230, 234],
        says: 'POST /heartbeat/{monitorId}/fail reports a failure.',
        shownBy: [
          heartbeats('fail, start, log and an exit status each say what happened'),
          story('a reported failure opens an incident at once, in the words of the job'),
        ],
      },
      {
        at: [236, 241],
        says: 'An optional body with `error`.',
        shownBy: [answers('incidents, in a list and alone'), heartbeats('whatever the body is, the ping counts')],
      },
    ],
  },
  {
    heading: 'Start Heartbeat Job',
    lines: [
      {
        at: [245, 249],
        says: 'POST /heartbeat/{monitorId}/start reports a start, so that the duration is known.',
        shownBy: [
          story('a start and its end give the duration of the run'),
          testsOf('src/domain/heartbeat.test.ts')(
            'overlapping runs pair up, and a stuck one times out although a later one succeeded',
          ),
        ],
      },
    ],
  },
  {
    heading: 'Log Heartbeat Message',
    lines: [
      {
        at: [253, 256],
        says: 'POST /heartbeat/{monitorId}/log with a JSON body (Content-Type: application/json).',
        shownBy: [answers('a heartbeat, by each of its methods')],
      },
      {
        at: [258, 263],
        says: 'The body: `message`.',
        shownBy: [
          heartbeats('fail, start, log and an exit status each say what happened'),
          story('an acknowledged ping survives a kill right after the answer'),
        ],
      },
      {
        at: [265, 265],
        says: 'A log is context, and fails nothing.',
        shownBy: [testsOf('src/domain/heartbeat.test.ts')('a log changes nothing')],
      },
    ],
  },
]
