/**
 * Names for the headings of one page, made as GitHub makes them, so that a link to a section works in both places. Ask in
 * the order of the page: a name that was given before gets a number.
 */
export function anchors(): (heading: string) => string {
  const given = new Map<string, number>()
  return (heading) => {
    const name = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    const before = given.get(name)
    given.set(name, (before ?? 0) + 1)
    return before === undefined ? name : `${name}-${before}`
  }
}
