import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExactJson } from './exact-json.ts'
import { PathError, parsePath } from './parse-path.ts'
import { placeOf, walkPath } from './walk-path.ts'
import { TooMuchWorkError, Work } from './work.ts'

function find(path: string, root: ExactJson): ExactJson[] {
  const found: ExactJson[] = []
  walkPath(parsePath(path), root, new Work(), ({ value }) => {
    found.push(value)
    return true
  })
  return found
}

const HOSTS = {
  up: true,
  hosts: [
    { name: 'web1', load: 3, tags: ['a', 'b'] },
    { name: 'web2', load: 12, spare: null },
    { name: 'db1', load: 7.5, tags: [] },
  ],
  'odd key': { "it's": 1 },
}

const FOUND: [path: string, values: ExactJson[]][] = [
  ['$', [HOSTS]],
  ['$.up', [true]],
  ["$['odd key']['it\\'s']", [1]],
  ['$.hosts[0].name', ['web1']],
  ['$.hosts[-1].name', ['db1']],
  ['$.hosts[3]', []],
  ['$.hosts[-4]', []],
  ['$.hosts.length', []],
  ['$.toString', []],
  ['$.hosts[1:].name', ['web2', 'db1']],
  ['$.hosts[::-1].load', [7.5, 12, 3]],
  ['$.hosts[::0]', []],
  ['$.hosts[5:0:-2].load', [7.5]],
  ['$.hosts[0, 0].load', [3, 3]],
  ['$..load', [3, 12, 7.5]],
  ['$..tags[*]', ['a', 'b']],
  ['$.hosts[?@.load > 5].name', ['web2', 'db1']],
  ['$.hosts[?@.load >= 7.5 && !@.spare].name', ['db1']],
  ['$.hosts[?@.spare].name', ['web2']],
  ['$.hosts[?@.spare == null].name', ['web2']],
  ['$.hosts[?@.gone == @.lost].load', [3, 12, 7.5]],
  ['$.hosts[?length(@.tags) == 0].name', ['db1']],
  ['$.hosts[?count(@.*) == 3].load', [3, 12, 7.5]],
  ["$.hosts[?value(@..name) == 'db1'].load", [7.5]],
  ["$.hosts[?match(@.name, 'web.')].load", [3, 12]],
  ["$.hosts[?search(@.name, '1$')].load", [3, 7.5]],
  ["$.hosts[?match(@.name, 'web')].load", []],
  ['$.hosts[?@.name < "e"].load', [7.5]],
  ['$.hosts[?@.tags == $.hosts[0].tags].name', ['web1']],
  ['$[?@.load || @[?@.load == 12]][0].name', ['web1']],
]

for (const [path, values] of FOUND) {
  test(`${path} finds what RFC 9535 says`, () => {
    assert.deepEqual(find(path, HOSTS), values)
  })
}

test('a dot of match() is no line break, and an escaped or listed one is itself', () => {
  const texts = ['a.b', 'a\nb', 'a\rb', 'axb']
  assert.deepEqual(find("$[?match(@, 'a.b')]", texts), ['a.b', 'axb'])
  assert.deepEqual(find("$[?match(@, 'a[.]b')]", texts), ['a.b'])
  assert.deepEqual(find("$[?match(@, 'a\\\\.b')]", texts), ['a.b'])
})

test('a place is named by the way to it', () => {
  const places: string[] = []
  walkPath(parsePath('$..*'), { a: [{ 'b c': 1 }] }, new Work(), (node) => places.push(placeOf(node)) > 0)
  assert.deepEqual(places, ['$.a', '$.a[0]', '$.a[0]["b c"]'])
})

const REFUSED = [
  '',
  'data',
  '$.',
  '$[',
  '$[01]',
  '$[?@.a = 1]',
  '$[?length(@.a)]',
  '$[?nothing(@.a) == 1]',
  "$[?match(@.a, '(?=a)')]",
  "$[?match(@.a, '[')]",
  '$[?match(@.a, @.b)]',
  '$[9007199254740992]',
  `$${'[?@'.repeat(5_000)}`,
]

for (const path of REFUSED) {
  test(`${path.slice(0, 30)} is refused with a reason`, () => {
    assert.throws(
      () => parsePath(path),
      (error) => error instanceof PathError && error.message.length > 5,
    )
  })
}

test('work on a hostile body is given up at the same place every time', () => {
  const wide = JSON.parse(`[${'0,'.repeat(500_000)}0]`)
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${at}`, at]))
  const paths = ['$..*', '$..*..*', '$[?count($..*) > 1]', '$[?@ == $]', '$..[?@..*]', "$..[?search(@, '(a+)+$')]"]
  for (const body of [wide, deep, keys]) {
    for (const path of paths) {
      const startMs = performance.now()
      const counts = [0, 0].map(() => {
        let count = 0
        try {
          walkPath(parsePath(path), body, new Work(), () => ++count > 0)
        } catch (error) {
          if (!(error instanceof TooMuchWorkError)) throw error
        }
        return count
      })
      assert.equal(counts[0], counts[1])
      assert.ok(performance.now() - startMs < 2_000, path)
    }
  }
})
