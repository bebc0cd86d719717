import { CompiledQuery, type Kysely } from 'kysely'
import type { InstanceRepository } from '../port.ts'
import type { Tables } from '../schema.ts'

export function instanceRepository(db: Kysely<Tables>): InstanceRepository {
  // Made once, since it is written every few seconds.
  const set = db
    .insertInto('instance')
    .values({ name: '', value: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: (row) => row.ref('excluded.value') }))
    .compile().sql
  return {
    async get(name) {
      const row = await db.selectFrom('instance').select('value').where('name', '=', name).executeTakeFirst()
      return row?.value ?? null
    },
    async set(name, value) {
      await db.executeQuery(CompiledQuery.raw(set, [name, value]))
    },
  }
}
