import { type Section, testsOf } from './line.ts'

const analytics = testsOf('src/api/analytics/analytics.test.ts')
const answers = testsOf('test/acceptance/samples/answers.test.ts')
const auth = testsOf('src/api/auth/auth.test.ts')
const backOff = testsOf('test/acceptance/samples/back-off.test.ts')
const document = testsOf('src/api/openapi/document.test.ts')
const help = testsOf('test/acceptance/help.test.ts')
const keys = testsOf('src/api/api-keys/api-keys.test.ts')
const languages = testsOf('test/acceptance/samples/languages.test.ts')
const library = testsOf('src/pages/help/library.test.ts')
const planRates = testsOf('src/api/auth/plan-rates.test.ts')
const rateLimit = testsOf('src/api/auth/rate-limit.test.ts')
const roles = testsOf('src/api/auth/roles.test.ts')

/** From the first line to the rate limits. */
export const OPENING: readonly Section[] = [
  {
    heading: '',
    lines: [
      {
        at: [1, 7],
        says: 'The slug of the help page, with its title, category, excerpt and order.',
        shownBy: [
          help("the API guide is at the reference's slug, needs no key, and tells of every topic"),
          library('has a title, an excerpt and an address of its own for each page'),
        ],
      },
    ],
  },
  {
    heading: 'Overview',
    lines: [
      {
        at: [13, 13],
        says: 'Monitors, incidents and analytics over REST, JSON and the usual HTTP authentication.',
        shownBy: [
          analytics('the figures of an account: monitors by status, incidents, and the performance of all together'),
          document('every route says its operationId, summary, tag and answer'),
        ],
      },
      {
        at: [15, 15],
        says: 'Everything is under /api/v1; our own host stands in the place of `https://statusapp.io/api/v1`.',
        shownBy: [languages("the reference's Node.js sample"), languages("the reference's cURL sample")],
      },
    ],
  },
  {
    heading: 'API Keys',
    lines: [
      {
        at: [21, 21],
        says: 'Every request needs a key.',
        shownBy: [
          auth('without a good key the answer is 401, in the error format, with WWW-Authenticate'),
          keys('a new key is shown once, works at once, and is kept as a hash only'),
        ],
        note: 'The path through the dashboard comes with the dashboard; keys are made by the API and the command line.',
      },
    ],
  },
  {
    heading: 'Authentication Methods',
    lines: [
      {
        at: [25, 29],
        says: 'A key in the X-API-Key header, by cURL.',
        shownBy: [
          languages("the reference's X-API-Key header is a key that reads"),
          auth('a key is taken from X-API-Key and from Authorization: Bearer'),
        ],
      },
      {
        at: [31, 35],
        says: 'A key as a Bearer token, by cURL.',
        shownBy: [
          languages("the reference's Bearer token is a key that reads"),
          auth('a key is taken from X-API-Key and from Authorization: Bearer'),
        ],
      },
    ],
  },
  {
    heading: 'API Key Security',
    lines: [
      {
        at: [39, 39],
        says: 'Keys stay out of source code.',
        shownBy: [auth('a key in the address is refused even where it is right')],
        note: 'A habit of users; ours is to keep keys out of addresses and logs.',
      },
      {
        at: [40, 40],
        says: 'Keys come from the environment.',
        shownBy: [languages("the reference's Node.js sample"), languages("the guide's Node.js sample")],
      },
      {
        at: [41, 41],
        says: 'Keys can be rotated, and expire.',
        shownBy: [
          keys('a rotated key has a successor at once and works on for its grace'),
          auth('a revoked key stops working within a second, an expired one at once'),
        ],
      },
      {
        at: [42, 42],
        says: 'Keys that nobody uses can be found and revoked.',
        shownBy: [
          auth('the use of keys is written down in groups'),
          keys('a revoked key is refused from the next request on, stays in the list, and can’t be changed'),
        ],
      },
      {
        at: [43, 43],
        says: 'Keys have permissions, so that each gets no more than it needs.',
        shownBy: [
          auth('each route needs exactly its own permission'),
          roles('a key without a maker may do exactly what its permissions say'),
          keys('a key gives nothing that it lacks: not to a new key, not by a change, not by a rotation'),
        ],
      },
    ],
  },
  {
    heading: 'Rate Limits',
    lines: [
      {
        at: [47, 55],
        says: 'Requests an hour by plan: Free 100, Starter 1,000, Professional 5,000, Business 10,000, Enterprise 100,000.',
        shownBy: [
          planRates('each plan gives its number of requests an hour, which every answer counts down'),
          planRates('of one request more than a thousand at once, STARTER refuses exactly that one'),
          rateLimit('of 200 requests at once exactly the 100 of the plan pass, and all say where the account stands'),
          rateLimit('of requests at once to two servers on one database exactly the limit passes'),
        ],
      },
    ],
  },
  {
    heading: 'Rate Limit Headers',
    lines: [
      {
        at: [59, 65],
        says: 'X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset on every answer.',
        shownBy: [
          planRates('each plan gives its number of requests an hour, which every answer counts down'),
          rateLimit('refusals of an authenticated request carry the rate headers too; what needs no key costs nothing'),
          rateLimit('windows are whole hours, and a refused request is not counted'),
        ],
      },
      {
        at: [67, 67],
        says: 'Beyond the limit: `429 Too Many Requests`.',
        shownBy: [
          rateLimit('of 200 requests at once exactly the 100 of the plan pass, and all say where the account stands'),
          backOff('a second less than what the back-off waits is too early'),
          answers('health, and errors'),
        ],
      },
    ],
  },
]
