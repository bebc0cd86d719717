import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import type { SecretBox } from '../secret-box.ts'

/** Opens every sealed text with the key that it names, and seals it with the first one. All or nothing. */
export function resealer(db: Kysely<Tables>, secrets: SecretBox): () => Promise<number> {
  return () =>
    db.transaction().execute(async (tx) => {
      const anew = (sealed: string) => secrets.seal(secrets.open(sealed))
      const monitors = await tx.selectFrom('monitor').select(['key', 'config_sealed']).execute()
      for (const { key, config_sealed } of monitors) {
        await tx
          .updateTable('monitor')
          .set({ config_sealed: anew(config_sealed) })
          .where('key', '=', key)
          .execute()
      }
      const channels = await tx.selectFrom('channel').select(['key', 'config_sealed']).execute()
      for (const { key, config_sealed } of channels) {
        await tx
          .updateTable('channel')
          .set({ config_sealed: anew(config_sealed) })
          .where('key', '=', key)
          .execute()
      }
      const answers = await tx
        .selectFrom('idempotency')
        .select(['name', 'answer_sealed'])
        .where('answer_sealed', 'is not', null)
        .execute()
      for (const { name, answer_sealed } of answers) {
        await tx
          .updateTable('idempotency')
          .set({ answer_sealed: answer_sealed === null ? null : anew(answer_sealed) })
          .where('name', '=', name)
          .execute()
      }
      return monitors.length + channels.length + answers.length
    })
}
