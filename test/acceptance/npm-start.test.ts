import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { Installation } from './server.ts'

const ROOT = join(import.meta.dirname, '../..')

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/api/v1/health`).then(
    ({ ok }) => ok,
    () => false,
  )
}

test('SIGTERM to `npm start` reaches the server, which drains; npm exits 0 and no orphan stays', async () => {
  const installation = await Installation.make()
  try {
    const npm = spawn('npm', ['start'], {
      cwd: ROOT,
      env: installation.environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(npm, 'exit')
    let url = ''
    for await (const line of createInterface({ input: npm.stdout })) {
      url = /^StatusApp is ready at (http\S+)$/.exec(line)?.[1] ?? ''
      if (url !== '') break
    }
    assert.equal(await answers(url), true)
    npm.kill('SIGTERM')
    const [code] = await exited
    assert.equal(code, 0)
    assert.equal(await answers(url), false)
  } finally {
    await installation.remove()
  }
})
