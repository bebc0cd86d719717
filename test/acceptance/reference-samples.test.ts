import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { clientOf, eventually, field, textField } from './client.ts'
import { startReceiver } from './peers.ts'
import { Installation } from './server.ts'

const REFERENCE = join(import.meta.dirname, '../../../shared/spec/api-reference-guide.md')
const SKIP = existsSync(REFERENCE) ? false : 'the reference document is not beside this checkout'

/** The code block of the reference that declares a function. */
async function sampleWith(declaration: string): Promise<string> {
  const text = await readFile(REFERENCE, 'utf8')
  const blocks = [...text.matchAll(/```javascript\n(.*?)```/gs)].map((block) => block[1] ?? '')
  const sample = blocks.find((block) => block.includes(declaration))
  assert.ok(sample !== undefined, `the reference has no sample with ${declaration}`)
  return sample
}

test("the reference's own check of webhook signatures, run as written, accepts a real delivery", {
  skip: SKIP,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-sample-'))
  const installation = await Installation.make()
  const receiver = await startReceiver()
  try {
    const file = join(folder, 'sample.cjs')
    await writeFile(file, `${await sampleWith('function verifyWebhook')}\nmodule.exports = verifyWebhook\n`)
    const verifyWebhook: (payload: unknown, signature: unknown, secret: string) => boolean = createRequire(file)(file)

    const key = (await installation.run('keys', 'create', '--name', 'ci', '--permissions', 'read,write')).trim()
    const server = await installation.serve()
    const client = clientOf(server.url, key)
    const created = await client.post('/notification-channels', {
      name: 'Käse "<b>" 🧀',
      type: 'WEBHOOK',
      config: { url: receiver.url },
    })
    const secret = textField(created.body, 'config.secret')
    const monitor = await client.post('/monitors', { name: 'Bäckerei "</script>" 🥐', type: 'CRON', interval: 60 })
    await fetch(`${server.url}/api/v1/heartbeat/${textField(monitor.body, 'id')}/fail`, {
      method: 'POST',
      body: JSON.stringify({ error: 'Ofen "kaputt"\n🔥 </script> \u2028' }),
    })
    const down = await eventually('monitor.down arrives', () =>
      receiver.received.find(({ body }) => field(body, 'event') === 'monitor.down'),
    )
    assert.equal(verifyWebhook(down.body, down.headers['x-webhook-signature'], secret), true)
    assert.equal(verifyWebhook(down.body, down.headers['x-webhook-signature'], `${secret}x`), false)
  } finally {
    await receiver.close()
    await installation.remove()
    await rm(folder, { recursive: true, force: true })
  }
})
