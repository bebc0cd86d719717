import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ROLES } from '#domain'
import { PERMISSIONS } from '#storage'
import { kindOf, ROLE_PERMISSIONS, ROUTE_KINDS, refusalOfAccess } from './access.ts'

test('the table of roles is the one that people are told of', () => {
  const table = ROLES.map((role) => [
    role,
    ...ROUTE_KINDS.filter((kind) => {
      const caller = { kind: 'session', role, permissions: ROLE_PERMISSIONS[role] } as const
      return refusalOfAccess(caller, { method: 'POST', kind }) === null
    }),
  ])
  assert.deepEqual(table, [
    ['OWNER', 'see', 'work', 'manage', 'own', 'self'],
    ['ADMIN', 'see', 'work', 'manage', 'self'],
    ['MEMBER', 'see', 'work', 'self'],
    ['VIEWER', 'see', 'self'],
  ])
})

test('what a route does follows from its method and permission, unless it says so', () => {
  const kinds = [
    kindOf({ method: 'GET' }),
    kindOf({ method: 'HEAD' }),
    kindOf({ method: 'GET', permission: 'admin' }),
    kindOf({ method: 'POST' }),
    kindOf({ method: 'PUT' }),
    kindOf({ method: 'POST', permission: 'admin' }),
    kindOf({ method: 'DELETE' }),
    kindOf({ method: 'DELETE', permission: 'write' }),
    kindOf({ method: 'PUT', permission: 'admin', kind: 'own' }),
  ]
  assert.deepEqual(kinds, ['see', 'see', 'see', 'work', 'work', 'manage', 'manage', 'manage', 'own'])
})

test('a key needs the permission and, where a member made it, what their role allows; none implies another', () => {
  for (const permission of PERMISSIONS) {
    for (const role of [null, ...ROLES]) {
      const route = { method: 'POST', permission }
      const without = PERMISSIONS.filter((other) => other !== permission)
      assert.notEqual(refusalOfAccess({ kind: 'key', role, permissions: without }, route), null)
      const refusal = refusalOfAccess({ kind: 'key', role, permissions: [permission] }, route)
      const bySession = role === null ? null : refusalOfAccess({ kind: 'session', role, permissions: [] }, route)
      assert.equal(refusal === null, bySession === null, `${role} ${permission}`)
    }
  }
})

test('what is for oneself takes a session and no key', () => {
  const route = { method: 'POST', kind: 'self' } as const
  assert.notEqual(refusalOfAccess({ kind: 'key', role: null, permissions: PERMISSIONS }, route), null)
  assert.equal(refusalOfAccess({ kind: 'session', role: 'VIEWER', permissions: [] }, route), null)
})
