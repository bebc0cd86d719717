import { type Section, testsOf } from './line.ts'

const answers = testsOf('test/acceptance/samples/answers.test.ts')
const auth = testsOf('src/api/auth/auth.test.ts')
const failures = testsOf('src/api/http/failures.test.ts')
const hostile = testsOf('src/api/http/hostile-input.test.ts')
const incidents = testsOf('src/api/incidents/list.test.ts')
const paging = testsOf('src/api/incidents/paging.test.ts')
const rateLimit = testsOf('src/api/auth/rate-limit.test.ts')
const regions = testsOf('src/domain/region.test.ts')
const statusFigures = testsOf('src/api/status-pages/figures.test.ts')
const statusPages = testsOf('src/api/status-pages/status-pages.test.ts')

/** Incidents, status pages, regions, health and errors. */
export const RESOURCES: readonly Section[] = [
  {
    heading: 'List Incidents',
    lines: [
      {
        at: [271, 275],
        says: 'GET /incidents, GET /incidents?monitorId={monitorId} and GET /incidents?status=active.',
        shownBy: [
          incidents('the list filters by status, monitor and time, newest first'),
          answers('incidents, in a list and alone'),
        ],
      },
      {
        at: [277, 278],
        says: '`monitorId` picks those of one monitor.',
        shownBy: [incidents('the list filters by status, monitor and time, newest first')],
      },
      {
        at: [279, 279],
        says: '`status` is `active`, `resolved` or `all`.',
        shownBy: [
          paging('the status active, resolved or all says which incidents are meant; all is what no status means'),
        ],
      },
      {
        at: [280, 281],
        says: '`limit`, 50 unless given and at most 100, and `offset`.',
        shownBy: [
          paging('a list answers 50 incidents unless asked, 100 at most, and says how many there are'),
          testsOf('src/api/monitors/list.test.ts')('bad page values are 400 on every list'),
        ],
      },
      {
        at: [283, 305],
        says: 'The answer: `incidents`, each with `id`, `monitorId`, `monitorName`, `startedAt`, `resolvedAt`, `duration`, `isResolved`, `severity`, `status`, `checksFailed`, `checksTotal`, `mttr`; `count` and `hasMore`.',
        shownBy: [
          answers('incidents, in a list and alone'),
          incidents('a resolved incident has its duration as mttr, an open one runs'),
        ],
      },
    ],
  },
  {
    heading: 'Get Incident by ID',
    lines: [
      {
        at: [309, 311],
        says: 'GET /incidents/{incidentId} shows one.',
        shownBy: [
          answers('incidents, in a list and alone'),
          incidents("an unknown incident and another account's are 404"),
        ],
      },
      {
        at: [313, 331],
        says: 'The answer: `id`, `monitorId`, `monitorName`, `startedAt`, `resolvedAt`, `duration`, `isResolved`, `severity`, `status`, `rootCause`, `rootCauseCategory`, `affectedRegions`, `checksFailed`, `checksTotal`.',
        shownBy: [
          answers('incidents, in a list and alone'),
          testsOf('test/acceptance/main-story.test.ts')('one incident is open and says why'),
          testsOf('src/domain/outage.test.ts')(
            'severity follows the share of failing regions, unless the monitor sets one',
          ),
          testsOf('src/domain/outage.test.ts')('the cause is what most failing regions saw'),
        ],
      },
    ],
  },
  {
    heading: 'List Status Pages',
    lines: [
      {
        at: [337, 339],
        says: 'GET /status-pages lists them.',
        shownBy: [statusPages('pages are listed as rows, newest first')],
      },
      {
        at: [341, 355],
        says: 'The answer: `statusPages`, each with `id`, `name`, `slug`, `customDomain`, `isPublic`, `monitorCount`.',
        shownBy: [answers('status pages'), statusPages('pages are listed as rows, newest first')],
      },
    ],
  },
  {
    heading: 'Get Status Page',
    lines: [
      {
        at: [359, 363],
        says: 'GET /status-pages/{statusPageId} shows one with its monitors.',
        shownBy: [
          answers('status pages'),
          statusFigures('the overall status and that of each group follow their monitors'),
          statusFigures('a monitor shows its 90 days in the zone of the page, and its uptime over four windows'),
        ],
      },
    ],
  },
  {
    heading: 'List Available Regions',
    lines: [
      {
        at: [369, 371],
        says: 'GET /worker-regions lists them.',
        shownBy: [answers("regions, with the reference's own row to the last digit")],
      },
      {
        at: [373, 388],
        says: 'The answer: `regions`, each with `id`, `city`, `country`, `countryCode`, `latitude`, `longitude`, `isActive`.',
        shownBy: [
          answers("regions, with the reference's own row to the last digit"),
          testsOf('src/api/regions.test.ts')(
            "the reference's row stands in the catalogue, active only where a worker reports",
          ),
        ],
      },
      {
        at: [390, 390],
        says: 'They are what monitors name.',
        shownBy: [
          regions('either form of a region means the same code'),
          testsOf('src/api/regions.test.ts')('an unknown region names those that are near'),
          testsOf('src/api/monitors/create.test.ts')(
            'regions come in either form; those without a worker are kept with a warning',
          ),
        ],
      },
    ],
  },
  {
    heading: 'API Health',
    lines: [
      {
        at: [396, 398],
        says: 'GET /health says how the server is.',
        shownBy: [answers('health, and errors')],
      },
      {
        at: [400, 407],
        says: 'The answer: `status`, `version`, `timestamp`.',
        shownBy: [
          answers('health, and errors'),
          failures('health is ok while everything is, and 503 when a part is not'),
        ],
      },
      {
        at: [409, 409],
        says: 'Another monitoring can watch it.',
        shownBy: [
          failures('a database that does not answer is unhealthy after two seconds, not silent for ever'),
          testsOf('test/acceptance/readme.test.ts')("the README's first monitor works when pasted line by line"),
        ],
      },
    ],
  },
  {
    heading: 'Error Response Format',
    lines: [
      {
        at: [415, 423],
        says: 'Every error: `error`, `code`, `statusCode`.',
        shownBy: [
          answers('health, and errors'),
          hostile('a hostile body gets its 4xx and changes nothing'),
          hostile('bytes that are no HTTP get an answer in the error format'),
          testsOf('src/api/testing/contract.test.ts')(
            'a refusal in another form than that of errors is a problem, wherever it comes from',
          ),
        ],
      },
    ],
  },
  {
    heading: 'Common Error Codes',
    lines: [
      {
        at: [427, 429],
        says: '400 `BAD_REQUEST`.',
        shownBy: [
          testsOf('src/api/monitors/create.test.ts')(
            'every bad field is named at once, with what it takes, and a misspelt one with what was meant',
          ),
          hostile('bad addresses are 400 or 404, in the error format with CORS and request id'),
        ],
      },
      {
        at: [430, 430],
        says: '401 `UNAUTHORIZED`.',
        shownBy: [auth('without a good key the answer is 401, in the error format, with WWW-Authenticate')],
      },
      {
        at: [431, 431],
        says: '403 `FORBIDDEN`.',
        shownBy: [auth('each route needs exactly its own permission')],
      },
      {
        at: [432, 432],
        says: '404 `NOT_FOUND`.',
        shownBy: [
          auth("another account's things can't be told from none"),
          testsOf('src/api/monitors/update.test.ts')('deletion answers as the reference says, and what is gone is 404'),
        ],
      },
      {
        at: [433, 433],
        says: '429 `RATE_LIMIT_EXCEEDED`.',
        shownBy: [
          rateLimit('of 200 requests at once exactly the 100 of the plan pass, and all say where the account stands'),
        ],
      },
      {
        at: [434, 434],
        says: '500 `INTERNAL_SERVER_ERROR`.',
        shownBy: [failures('a fault of ours is a 500 with a request id, and says nothing of its insides')],
      },
    ],
  },
]
