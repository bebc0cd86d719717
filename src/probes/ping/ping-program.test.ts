import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Failure } from '../net/failure.ts'
import { hasPingProgram, type ProgramAnswer, type ProgramRun, runPingProgram } from './ping-program.ts'

/** Puts a `ping` on the path, alone there, that is this shell script. */
function fakePing(t: TestContext, script: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'statusapp-ping-'))
  const before = process.env['PATH']
  process.env['PATH'] = folder
  t.after(() => {
    process.env['PATH'] = before
    rmSync(folder, { recursive: true })
  })
  if (script === null) return folder
  writeFileSync(join(folder, 'ping'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'ping'), 0o755)
  return folder
}

function run(changes: Partial<ProgramRun> = {}): Promise<ProgramAnswer | Failure> {
  const signal = new AbortController().signal
  const because = 'this user may open no ICMP socket (EPERM)'
  return runPingProgram({
    address: '192.0.2.1',
    packets: 3,
    dataBytes: 56,
    timeoutMs: 2_000,
    signal,
    because,
    ...changes,
  })
}

async function answer(): Promise<ProgramAnswer> {
  const answered = await run()
  if (answered instanceof Failure) assert.fail(answered.sentence)
  return answered
}

async function failure(changes: Partial<ProgramRun> = {}): Promise<Failure> {
  const answered = await run(changes)
  if (answered instanceof Failure) return answered
  assert.fail('it answered')
}

test('one reply of three is alive, with the loss', async (t) => {
  fakePing(t, 'echo "3 packets transmitted, 1 received, 66.6667% packet loss, time 2003ms"')
  const { isAlive, sent, received, contradiction } = await answer()
  assert.deepEqual(
    { isAlive, sent, received, contradiction },
    { isAlive: true, sent: 3, received: 1, contradiction: null },
  )
})

test('what is left of a deadline is seldom a whole number', async (t) => {
  fakePing(t, 'echo "3 packets transmitted, 3 received, 0% packet loss, time 401ms"')
  const answered = await run({ timeoutMs: 1_899.735267 })
  assert.ok(!(answered instanceof Failure) && answered.isAlive)
})

test('no reply and status 1 is silence', async (t) => {
  fakePing(t, 'echo "3 packets transmitted, 0 received, 100% packet loss, time 2003ms"; exit 1')
  const { isAlive, received, contradiction } = await answer()
  assert.deepEqual({ isAlive, received, contradiction }, { isAlive: false, received: 0, contradiction: null })
})

test('where status and text disagree the status decides, and the text is noted', async (t) => {
  fakePing(t, 'echo "3 packets transmitted, 3 received, 0% packet loss, time 2003ms"; exit 1')
  const { isAlive, contradiction } = await answer()
  assert.equal(isAlive, false)
  assert.equal(contradiction, 'the ping program ended with status 1 but its text says 3 of 3 received')
})

test('a BSD ping says silence with status 2', async (t) => {
  fakePing(t, 'echo "3 packets transmitted, 0 packets received, 100.0% packet loss"; exit 2')
  assert.equal((await answer()).isAlive, false)
})

test('a text in another language is read by its figures, and one that can not be read is no failure', async (t) => {
  const folder = fakePing(t, 'echo "$LC_ALL $LANG" > "$0.locale"; echo "réponse, temps=0,043 ms"')
  process.env['LC_ALL'] = 'fr_FR.UTF-8'
  t.after(() => {
    delete process.env['LC_ALL']
  })
  const { isAlive, avg, received } = await answer()
  assert.deepEqual({ isAlive, avg, received }, { isAlive: true, avg: 0.043, received: null })
  assert.equal(readFileSync(join(folder, 'ping.locale'), 'utf8').trim(), 'C C')
  writeFileSync(join(folder, 'ping'), '#!/bin/sh\necho "来自 192.0.2.1 的回复"\n')
  assert.deepEqual((await answer()).avg, null)
})

test('the address is the last argument, behind a mark that no option follows', async (t) => {
  const folder = fakePing(t, 'for each in "$@"; do printf "%s\\n" "$each" >> "$0.arguments"; done; echo ok')
  await run({ address: '2001:db8::1', packets: 2, dataBytes: 100 })
  const given = readFileSync(join(folder, 'ping.arguments'), 'utf8').trim().split('\n')
  assert.deepEqual(given, ['-n', '-c', '2', '-s', '100', '-W', '1', '-i', '0.2', '--', '2001:db8::1'])
})

test('a program that does not know the interval is asked without', async (t) => {
  fakePing(t, 'case "$*" in *-i*) echo "invalid option" >&2; exit 1;; esac; echo "3 sent, 3 back, 0% lost"')
  assert.equal((await answer()).received, 3)
})

test('a program that may not ping is no outage of the target', async (t) => {
  fakePing(t, 'echo "ping: socktype: SOCK_RAW" >&2; echo "ping: socket: Operation not permitted" >&2; exit 2')
  const { unmeasured, sentence } = await failure()
  assert.ok(unmeasured)
  assert.match(sentence, /ended with status 2 \(ping: socktype: SOCK_RAW\)/)
})

test('a machine without route is at fault itself', async (t) => {
  fakePing(t, 'echo "ping: connect: Network is unreachable" >&2; exit 2')
  const { unmeasured, localFault, sentence } = await failure()
  assert.deepEqual([unmeasured, localFault], [false, true])
  assert.match(sentence, /no route from this machine to 192\.0\.2\.1/)
})

test('without a program the sentence says what to allow or install', async (t) => {
  const folder = fakePing(t, null)
  const { unmeasured, sentence } = await failure()
  assert.ok(unmeasured)
  assert.match(sentence, /\(EPERM\), and there is no ping program.*ping_group_range.*CAP_NET_RAW.*iputils-ping/)
  assert.equal(hasPingProgram(), false)
  writeFileSync(join(folder, 'ping'), 'not a program')
  assert.equal(hasPingProgram(), false)
  chmodSync(join(folder, 'ping'), 0o755)
  assert.equal(hasPingProgram(), true)
})

test('a program that does not end is ended, and one that is called off ends at once', async (t) => {
  fakePing(t, 'trap "" INT; while :; do :; done')
  let startMs = performance.now()
  assert.match((await failure({ timeoutMs: 200 })).sentence, /the ping program did not end/)
  assert.ok(performance.now() - startMs < 1_000)
  startMs = performance.now()
  const { unmeasured, sentence } = await failure({ signal: AbortSignal.timeout(50), timeoutMs: 10_000 })
  assert.ok(unmeasured)
  assert.match(sentence, /called off/)
  assert.ok(performance.now() - startMs < 1_000)
})
