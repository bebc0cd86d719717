import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PASSWORD, type Person, peopleRig } from '../testing/people-rig.ts'

const NEW = { name: 'Site', url: 'https://a.example', type: 'WEBSITE' }

/** What a browser says of where a request comes from, and whether it may change anything. */
const ORIGINS: { says: { [name: string]: string }; passes: boolean }[] = [
  { says: { 'sec-fetch-site': 'same-origin' }, passes: true },
  { says: { 'sec-fetch-site': 'none' }, passes: true },
  { says: {}, passes: true },
  { says: { origin: 'SELF' }, passes: true },
  { says: { 'sec-fetch-site': 'same-origin', origin: 'SELF' }, passes: true },
  { says: { 'sec-fetch-site': 'cross-site' }, passes: false },
  { says: { 'sec-fetch-site': 'same-site' }, passes: false },
  { says: { 'sec-fetch-site': 'cross-site', origin: 'SELF' }, passes: false },
  { says: { origin: 'https://evil.example' }, passes: false },
  { says: { origin: 'null' }, passes: false },
  { says: { origin: 'http://127.0.0.1:1' }, passes: false },
]

test("another site's page changes nothing with a member's cookie, and makes nobody log in", async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  for (const { says, passes } of ORIGINS) {
    const headers = says['origin'] === 'SELF' ? { ...says, origin: rig.url } : says
    const what = JSON.stringify(headers)
    const before = await count(person)
    const made = await person.ask('POST', '/monitors', NEW, headers)
    assert.equal(made.status, passes ? 201 : 403, what)
    assert.equal(await count(person), before + (passes ? 1 : 0), what)
    const login = await rig.logIn(person.user.email, PASSWORD, headers)
    assert.equal(login.status, passes ? 200 : 403, what)
    assert.equal(login.headers.get('set-cookie') === null, !passes, what)
  }
})

test('reading needs no such proof, as another site cannot see the answer; a key needs none at all', async (t) => {
  const rig = await peopleRig(t)
  const person = await rig.newPerson('OWNER')
  const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://other.example' }
  const read = await person.ask('GET', '/monitors', undefined, cross)
  assert.equal(read.status, 200)
  assert.equal(read.headers.get('access-control-allow-credentials'), null)
  assert.equal((await rig.ask('POST', '/monitors', NEW, cross)).status, 201)
})

async function count(person: Person): Promise<number> {
  return (await person.ask('GET', '/monitors')).body.count
}
