import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { Installation } from './server.ts'

const ROOT = join(import.meta.dirname, '../..')

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(address)))
    })
  })
}

/** The shell lines of a section of the README, block after block. */
function shellLines(readme: string, section: string): string {
  const text = readme.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? ''
  return [...text.matchAll(/```sh\n(.*?)```/gs)].map((block) => block[1]).join('')
}

test("the README's first monitor works when pasted line by line", async () => {
  const installation = await Installation.make()
  try {
    const server = await installation.serve()
    const [target, receiver] = [await freePort(), await freePort()]
    const lines = shellLines(await readFile(join(ROOT, 'README.md'), 'utf8'), 'A first monitor')
      .replaceAll('http://127.0.0.1:8080', server.url)
      .replaceAll('9001', String(target))
      .replaceAll('9002', String(receiver))
      .replace('https://example.com/', `${server.url}/api/v1/health`)
    // Job control as in a terminal, so that `kill %1` means what it means there.
    const shell = spawn('bash', ['-m'], {
      cwd: ROOT,
      env: installation.environment(),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let printed = ''
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    // Ended by force like a closed terminal; only jobs of this very shell are meant.
    shell.stdin.end(`${lines}\nkill $(jobs -p) 2> /dev/null\n`)
    await new Promise((resolve) => shell.once('exit', resolve))
    assert.match(printed, /"name":"My site".*"status":"UP"/)
    assert.match(printed, /"event":"monitor.down"/)
    assert.match(printed, /"incidents":\[\{"id":"inc_.*"isResolved":false/)
    assert.match(printed, /"heartbeatUrl":"http/)
    assert.match(printed, /UP/)
  } finally {
    await installation.remove()
  }
})
