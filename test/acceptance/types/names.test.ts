import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { obstacle, runApart } from './apart.ts'

/** The resolver of the machine is at 127.0.0.1, and nothing of the machine's own keeps answers. */
const SET_UP = `
  mount --make-rprivate /
  mount --bind "$2/resolv.conf" /etc/resolv.conf
  mount --bind "$2/nsswitch.conf" /etc/nsswitch.conf`

test('names that move are followed, and a resolver that falls silent brings no alarm', {
  skip: obstacle(),
}, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'statusapp-names-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n')
  await writeFile(join(folder, 'nsswitch.conf'), 'hosts: files dns\n')
  await runApart('names-apart.ts', [folder], { setUp: SET_UP })
})
