import { randomBytes } from 'node:crypto'
import { Command } from 'commander'
import type { CliIo } from './io.ts'

/** `secrets rotate` */
export function secretsCommand(io: CliIo): Command {
  const secrets = new Command('secrets').description('The key that encrypts secrets at rest')
  secrets
    .command('rotate')
    .description('Seal every secret with a new key; stop the server first')
    .action(() => rotate(io))
  return secrets
}

/**
 * At any instant the keys that are kept open everything that is stored, so that a rotation which is cut short is
 * simply run again.
 */
async function rotate(io: CliIo): Promise<void> {
  const [{ readConfig }, { openData }, { lockData }, { keepSecretKeys, loadSecretKeys }] = await Promise.all([
    import('#config'),
    import('../open-data.ts'),
    import('../lock-data.ts'),
    import('#storage'),
  ])
  const config = readConfig(io.env)
  const lock = await lockData(config.dataDir)
  try {
    const isOurs = config.secretKey === null
    const before = await loadSecretKeys(config.dataDir, config.secretKey)
    const fresh = new Uint8Array(randomBytes(32))
    if (isOurs) await keepSecretKeys(config.dataDir, [fresh, ...before])
    const { store, secretKeys } = await openData(config)
    try {
      const count = await store.reseal()
      await store.durable()
      if (isOurs) await keepSecretKeys(config.dataDir, [secretKeys[0]])
      io.err(
        isOurs
          ? `${count} secrets are sealed with a new key.`
          : `${count} secrets are sealed with the first key of STATUSAPP_SECRET_KEY; the others may be taken out of it.`,
      )
    } finally {
      await store.close()
    }
  } finally {
    lock.release()
  }
}
