import { type Section, testsOf } from './line.ts'

const auth = testsOf('src/api/auth/auth.test.ts')
const etag = testsOf('src/api/http/etag.test.ts')
const help = testsOf('test/acceptance/help.test.ts')
const list = testsOf('src/api/monitors/list.test.ts')
const planRates = testsOf('src/api/auth/plan-rates.test.ts')

/** Troubleshooting and links. */
export const CLOSING: readonly Section[] = [
  {
    heading: '401 Unauthorized',
    lines: [
      {
        at: [741, 742],
        says: 'A key that is wrong, expired or revoked is a 401.',
        shownBy: [
          auth('without a good key the answer is 401, in the error format, with WWW-Authenticate'),
          auth('a revoked key stops working within a second, an expired one at once'),
        ],
      },
      {
        at: [743, 743],
        says: 'So is one in a header of another form.',
        shownBy: [
          auth('a key is taken from X-API-Key and from Authorization: Bearer'),
          auth('without a good key the answer is 401, in the error format, with WWW-Authenticate'),
        ],
      },
    ],
  },
  {
    heading: '429 Rate Limit Exceeded',
    lines: [
      {
        at: [747, 747],
        says: 'The plan sets the limit, and the refusal names both.',
        shownBy: [
          planRates('each plan gives its number of requests an hour, which every answer counts down'),
          testsOf('src/api/account/account.test.ts')(
            'usage counts requests by endpoint, the rate limit of the hour, and monitors',
          ),
        ],
      },
      {
        at: [748, 748],
        says: 'Waiting helps.',
        shownBy: [
          testsOf('test/acceptance/samples/back-off.test.ts')(
            "the guide's client waits as long as it is told to, and asks again by itself",
          ),
        ],
      },
      {
        at: [749, 749],
        says: 'Answers can be kept, and asked whether they still hold.',
        shownBy: [etag('a GET whose tag is known answers 304 without a body, until something changes')],
      },
      {
        at: [750, 750],
        says: 'A larger plan allows more.',
        shownBy: [
          testsOf('src/cli/accounts.test.ts')('an account is made, listed, put on another plan, suspended and resumed'),
        ],
      },
    ],
  },
  {
    heading: '403 Forbidden',
    lines: [
      {
        at: [754, 754],
        says: 'A key without the permission is a 403.',
        shownBy: [
          auth('each route needs exactly its own permission'),
          testsOf('src/api/auth/roles.test.ts')('a key without a maker may do exactly what its permissions say'),
        ],
      },
      {
        at: [755, 755],
        says: 'So is a suspended account.',
        shownBy: [auth('a suspended account is refused with 403, and let in again')],
      },
    ],
  },
  {
    heading: 'Slow API Responses',
    lines: [
      {
        at: [759, 759],
        says: 'Lists come in pages.',
        shownBy: [
          list('pages hold every monitor exactly once, though all have the same name and time'),
          list('a thousand monitors are listed in well under a second'),
        ],
      },
      {
        at: [760, 760],
        says: 'Answers can be kept.',
        shownBy: [etag('a GET whose tag is known answers 304 without a body, until something changes')],
      },
      {
        at: [761, 761],
        says: 'Monitors name the regions that they are checked from.',
        shownBy: [
          testsOf('test/acceptance/samples/answers.test.ts')(
            "the reference's body makes a monitor, and every field of it comes back",
          ),
        ],
        note: 'A region of your choice needs a worker there; the server runs its own one so far.',
      },
    ],
  },
  {
    heading: 'Support',
    lines: [
      {
        at: [765, 767],
        says: 'The API document as a page at /docs/api.',
        shownBy: [
          testsOf('test/acceptance/docs-page.test.ts')(
            'a newcomer creates, updates, pauses and deletes a monitor on it, and nothing comes from elsewhere',
          ),
          testsOf('test/acceptance/docs-page.test.ts')(
            'it allows no script, style or host but its own, and its files may be kept for good',
          ),
        ],
      },
      {
        at: [768, 769],
        says: 'An e-mail address for help, and a page on how the service itself is.',
        shownBy: [],
        note: 'They belong to whoever runs a server for others, and are nothing that a program answers.',
      },
    ],
  },
  {
    heading: 'Next Steps',
    lines: [
      {
        at: [773, 776],
        says: 'Four help pages: getting started, monitor types, notification channels, team collaboration.',
        shownBy: [
          help('every help page that the reference links to is there'),
          testsOf('src/pages/help/library.test.ts')('has the pages that documents of users link to'),
        ],
      },
    ],
  },
]
