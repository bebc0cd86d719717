/** What stands about a guide before its text. */
export interface FrontMatter {
  fields: { [name: string]: string }
  text: string
}

/**
 * Splits off the fields that a guide may begin with, one `name: value` a line. They stand in an HTML comment, which
 * readers of the repository don't see.
 */
export function readFrontMatter(source: string): FrontMatter {
  const comment = /^<!--\n((?:[a-z]+: .*\n)+)-->\n/.exec(source)
  if (comment === null) return { fields: {}, text: source }
  const lines = (comment[1] ?? '').trimEnd().split('\n')
  const fields = lines.map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  return { fields: Object.fromEntries(fields), text: source.slice(comment[0].length) }
}
