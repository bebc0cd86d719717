import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCredentialHeader, maskHeaders, maskUrl } from './credentials.ts'

test('headers that look like credentials are told by name or value', () => {
  for (const name of [
    'Authorization',
    'Cookie',
    'Set-Cookie',
    'X-Api-Key',
    'apikey',
    'X-Auth-Token',
    'Client-Secret',
  ]) {
    assert.equal(isCredentialHeader(name), true, name)
  }
  assert.equal(isCredentialHeader('X-Forward', 'Bearer abc'), true)
  for (const name of ['Accept', 'Content-Type', 'WWW-Authenticate', 'X-Request-Id', 'Host']) {
    assert.equal(isCredentialHeader(name, 'text/html'), false, name)
  }
})

test('masking keeps names and harmless values', () => {
  assert.deepEqual(maskHeaders({ Authorization: 'Bearer x', Accept: '*/*', Location: '/a?token=x' }), {
    Authorization: '••••',
    Accept: '*/*',
    Location: '/a?token=••••',
  })
})

test('a URL is shown without password and secret parameters', () => {
  assert.equal(
    maskUrl('https://user:pw@a.test/x?page=1&api_key=k#f'),
    'https://user:••••@a.test/x?page=1&api_key=••••#f',
  )
  assert.equal(maskUrl('https://token@a.test/'), 'https://••••@a.test/')
  assert.equal(maskUrl('https://a.test/x?page=1'), 'https://a.test/x?page=1')
  assert.equal(maskUrl('https://a.test/plain'), 'https://a.test/plain')
})
