import { type Section, testsOf } from './line.ts'

const backOff = testsOf('test/acceptance/samples/back-off.test.ts')
const channels = testsOf('src/api/notification-channels/channels.test.ts')
const events = testsOf('test/acceptance/webhook-events.test.ts')
const languages = testsOf('test/acceptance/samples/languages.test.ts')
const lists = testsOf('test/acceptance/samples/lists.test.ts')
const webhooks = testsOf('test/acceptance/samples/webhooks.test.ts')

/** The samples, and what webhooks carry. */
export const SAMPLES: readonly Section[] = [
  {
    heading: 'Node.js / JavaScript',
    lines: [
      {
        at: [440, 463],
        says: 'The sample in Node.js creates a monitor.',
        shownBy: [languages("the reference's Node.js sample"), languages("the guide's Node.js sample")],
      },
    ],
  },
  {
    heading: 'Python',
    lines: [
      {
        at: [467, 495],
        says: 'The sample in Python creates a monitor.',
        shownBy: [
          languages("the reference's Python sample"),
          languages("the reference's Python sample, on a stand-in for requests"),
          languages("the guide's Python sample"),
        ],
      },
    ],
  },
  {
    heading: 'cURL',
    lines: [
      {
        at: [499, 510],
        says: 'The sample with cURL creates a monitor.',
        shownBy: [languages("the reference's cURL sample"), languages("the guide's cURL sample")],
      },
    ],
  },
  {
    heading: 'Go',
    lines: [
      {
        at: [514, 550],
        says: 'The sample in Go compiles and creates a monitor.',
        shownBy: [languages("the reference's Go sample, compiled"), languages("the guide's Go sample, compiled")],
      },
    ],
  },
  {
    heading: 'Receiving Webhooks from StatusApp',
    lines: [
      {
        at: [556, 556],
        says: 'Events are posted to an address of yours.',
        shownBy: [
          testsOf('test/acceptance/main-story.test.ts')(
            'an outage is confirmed after 1 and 2 s and told by a signed webhook',
          ),
        ],
      },
      {
        at: [558, 558],
        says: 'A channel of the type Webhook is made for that.',
        shownBy: [channels('a channel is made with a secret that is shown once, and masked from then on')],
        note: 'The path through the dashboard comes with the dashboard; channels are made by the API.',
      },
    ],
  },
  {
    heading: 'Webhook Payload',
    lines: [
      {
        at: [562, 586],
        says: 'The body: `event`, `timestamp`; `monitor` with `id`, `name`, `url`, `type`, `status`; `incident` with `id`, `startedAt`, `duration`, `checksFailed`; `check` with `statusCode`, `responseTime`, `error`, `region`.',
        shownBy: [
          webhooks("a delivery has the form of the reference's payload"),
          testsOf('src/channels/webhook.test.ts')(
            'the body is the payload as JSON, and its signature is the hex HMAC of that text',
          ),
        ],
      },
    ],
  },
  {
    heading: 'Webhook Events',
    lines: [
      {
        at: [590, 591],
        says: '`monitor.down` and `monitor.up`.',
        shownBy: [events('monitor.down when a monitor goes down, monitor.up when it recovers')],
      },
      {
        at: [592, 592],
        says: '`monitor.degraded`.',
        shownBy: [events('monitor.degraded when a monitor gets slower than its threshold')],
      },
      {
        at: [593, 594],
        says: '`regression.detected` and `regression.resolved`.',
        shownBy: [
          events('a channel may ask for each of the six events, and for no other'),
          testsOf('src/api/monitors/regression.test.ts')(
            'regression settings are kept, shown with the monitor, and reset by null',
          ),
        ],
        note: 'They can be asked for, and their settings are kept; nothing detects a regression yet.',
      },
      {
        at: [595, 595],
        says: '`ssl.expiring`.',
        shownBy: [events('ssl.expiring once when a certificate nears its end, while the monitor stays UP')],
      },
    ],
  },
  {
    heading: '1. Use Environment Variables',
    lines: [
      {
        at: [601, 605],
        says: 'The key comes from the environment.',
        shownBy: [languages("the guide's Node.js sample"), languages("the reference's Node.js sample")],
      },
    ],
  },
  {
    heading: '2. Handle Rate Limits',
    lines: [
      {
        at: [609, 618],
        says: 'The back-off waits as long as X-RateLimit-Reset says, and the next request passes.',
        shownBy: [
          backOff("the reference's back-off waits until the hour is over, and the request that follows passes"),
          backOff('a second less than what the back-off waits is too early'),
          backOff("the guide's client waits as long as it is told to, and asks again by itself"),
        ],
      },
    ],
  },
  {
    heading: '3. Error Handling',
    lines: [
      {
        at: [622, 634],
        says: "The sample tells the server's refusal from a network that failed.",
        shownBy: [
          lists("the reference's error handling tells what the server said, and what the network said"),
          backOff("the guide's client turns a refusal into an error that says why"),
        ],
      },
    ],
  },
  {
    heading: '4. Pagination',
    lines: [
      {
        at: [638, 656],
        says: 'The loop over `limit`, `offset` and `hasMore` sees every monitor once.',
        shownBy: [
          lists("the reference's pagination sees every monitor once"),
          lists("the guide's walk through a list sees every monitor once"),
          testsOf('src/api/monitors/list.test.ts')('pages that are read while others are deleted repeat nothing'),
        ],
      },
    ],
  },
  {
    heading: '5. Verify Webhook Signatures',
    lines: [
      {
        at: [660, 673],
        says: 'The check of the signature accepts what came from us, and nothing else.',
        shownBy: [
          webhooks("the reference's own check of signatures, run as written, accepts a real delivery"),
          webhooks("the guide's receiver takes a real delivery, and refuses what is not signed or was changed"),
          testsOf('src/channels/webhook.test.ts')(
            'a receiver that parses the body and writes it again finds the signature right, whatever the payload holds',
          ),
        ],
      },
    ],
  },
  {
    heading: 'Automated Monitor Creation',
    lines: [
      {
        at: [679, 694],
        says: 'A deployment creates a monitor, with regions.',
        shownBy: [
          lists("the reference's deployment watches the new service in the regions that it names"),
          lists("the guide's deployment, tried again, makes no second monitor"),
        ],
      },
    ],
  },
  {
    heading: 'Incident Reporting Integration',
    lines: [
      {
        at: [698, 709],
        says: 'A sync makes a ticket of each open incident.',
        shownBy: [
          lists("the reference's Jira sync makes a ticket of each open incident"),
          lists("the guide's sync makes one ticket of each open incident, however often it runs"),
        ],
      },
    ],
  },
  {
    heading: 'Custom Dashboard',
    lines: [
      {
        at: [713, 726],
        says: 'A dashboard counts all monitors, those that are UP, and open incidents.',
        shownBy: [
          lists("the reference's dashboard counts all monitors, those that are UP, and open incidents"),
          lists("the guide's dashboard counts the same"),
        ],
      },
    ],
  },
  {
    heading: 'Heartbeat Integration',
    lines: [
      {
        at: [730, 735],
        says: 'A line in a crontab reports a job that succeeded.',
        shownBy: [
          lists("the reference's crontab line reports a job that ran, and says nothing of one that failed"),
          lists("the guide's crontab line reports a job that ran, and says nothing of one that failed"),
        ],
      },
    ],
  },
]
