import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { clientOf, textField } from '../client.ts'
import { Installation, type RunningServer } from '../server.ts'
import { guideBlocks, guidePages } from './document.ts'
import { hasProgram, output } from './run-sample.ts'

/** A call that prints what it got: everything but one that asks for nothing. */
const CALLS = guidePages().flatMap((page) =>
  guideBlocks(page)
    .filter(({ language, text }) => language === 'sh' && /^curl /m.test(text))
    .map((block) => ({ page, ...block })),
)

suite('every call of the guide', {
  skip: hasProgram('curl', '--version') ? false : 'there is no curl on this machine',
}, () => {
  let installation: Installation
  let server: RunningServer
  let env: { [name: string]: string }

  before(async () => {
    installation = await Installation.make()
    const permissions = 'read,write,delete,admin'
    const key = (await installation.run('keys', 'create', '--name', 'guide', '--permissions', permissions)).trim()
    server = await installation.serve()
    const client = clientOf(server.url, key)
    const id = async (path: string, body: object) => textField((await client.post(path, body)).body, 'id')
    env = {
      KEY: key,
      STATUSAPP_URL: server.url,
      STATUSAPP_API_KEY: key,
      MONITOR: await id('/monitors', { name: 'Job', type: 'CRON', interval: 60 }),
      CHANNEL: await id('/notification-channels', {
        name: 'Some',
        type: 'WEBHOOK',
        config: { url: 'https://hooks.example.com/' },
        allMonitors: false,
      }),
      KEY_ID: await id('/api-keys', { name: 'old' }),
    }
  })
  after(() => installation.remove())

  /** What stands for something of the reader's own: host, key, ids, and dates that lie in the past by now. */
  function ownOf(text: string): string {
    return text
      .replaceAll('http://127.0.0.1:8080', server.url)
      .replaceAll('sk_live_...', env['KEY'] ?? '')
      .replaceAll(/\bmon_(…|\.\.\.|[a-z0-9]{16})/g, env['MONITOR'] ?? '')
      .replaceAll(/"20\d\d-/g, '"2099-')
  }

  test('there are calls on most pages', () => {
    assert.ok(CALLS.length >= 12)
    assert.ok(new Set(CALLS.map(({ page }) => page)).size >= 7)
  })

  for (const [index, { page, heading, text }] of CALLS.entries()) {
    test(`${page}, ${heading} (${index + 1}) is answered with what it asks for`, async () => {
      const printed = await output('sh', ['-c', ownOf(text)], { env })
      assert.match(printed, /^\{/)
      assert.doesNotMatch(printed, /"statusCode":\d+\}?|"code":"[A-Z_]+"/, printed)
    })
  }
})
