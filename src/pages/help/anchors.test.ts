import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anchors } from './anchors.ts'

test('headings are named as GitHub names them', () => {
  const anchorOf = anchors()
  assert.equal(anchorOf('Is it from us?'), 'is-it-from-us')
  assert.equal(anchorOf('SSL_CERT'), 'ssl_cert')
  assert.equal(anchorOf('A – B & C'), 'a--b--c')
  assert.equal(anchorOf('Größe, 日本'), 'größe-日本')
})

test('a heading that comes again gets a number', () => {
  const anchorOf = anchors()
  assert.deepEqual(['Tries', 'Tries', 'tries'].map(anchorOf), ['tries', 'tries-1', 'tries-2'])
})
