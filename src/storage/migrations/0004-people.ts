import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** People, their places in accounts, invitations and sessions. Of every secret only a hash is kept. */
export async function createPeople(db: Kysely<Tables>, autoKey: string): Promise<void> {
  const key = sql.raw(autoKey)
  const run = (text: ReturnType<typeof sql>) => text.execute(db)

  // `user` is a reserved word in PostgreSQL.
  await run(sql`create table person (
    key ${key}, id text not null unique, email text not null, email_folded text not null unique, name text not null,
    password_hash text not null, created_at bigint not null)`)
  await run(sql`create table member (
    key ${key}, id text not null unique, account_id text not null references account (id),
    person_id text not null references person (id), role text not null, accepted_at bigint not null,
    unique (account_id, person_id))`)
  await run(sql`create index member_account on member (account_id, accepted_at, id)`)
  await run(sql`create index member_person on member (person_id)`)

  await run(sql`create table invitation (
    key ${key}, id text not null unique, account_id text not null references account (id), email text not null,
    email_folded text not null, role text not null, status text not null, token_hash text not null unique,
    invited_by text, created_at bigint not null, expires_at bigint not null)`)
  await run(sql`create index invitation_account on invitation (account_id, created_at, id)`)
  // At most one open invitation per address, whoever asks.
  await run(sql`create unique index invitation_open on invitation (account_id, email_folded) where status = 'PENDING'`)

  await run(sql`create table session (
    key ${key}, id text not null unique, token_hash text not null unique,
    person_id text not null references person (id), account_id text not null references account (id),
    created_at bigint not null, last_used_at bigint not null, expires_at bigint not null, ends_at bigint not null,
    address text, user_agent text)`)
  await run(sql`create index session_person on session (person_id)`)
  await run(sql`create index session_expiry on session (expires_at)`)

  await run(sql`create table password_reset (
    person_id text primary key references person (id), token_hash text not null unique, expires_at bigint not null)`)

  await run(sql`alter table api_key add column created_by text`)
  await run(sql`create index api_key_maker on api_key (created_by)`)
}
