/** What a heap holds: it comes out by time, and in order of arrival where times are the same. */
export interface Timed {
  readonly atMs: number
  readonly order: number
}

/** A binary heap: the item that comes before all others is on top. */
export class Heap<Item extends Timed> {
  readonly #items: Item[] = []

  get size(): number {
    return this.#items.length
  }

  peek(): Item | undefined {
    return this.#items[0]
  }

  push(item: Item): void {
    const items = this.#items
    let at = items.length
    items.push(item)
    while (at > 0) {
      const parentAt = (at - 1) >> 1
      const parent = items[parentAt]
      if (parent === undefined || !isBefore(item, parent)) break
      items[at] = parent
      at = parentAt
    }
    items[at] = item
  }

  pop(): Item | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return top
    let at = 0
    for (;;) {
      const leftAt = 2 * at + 1
      const left = items[leftAt]
      if (left === undefined) break
      const right = items[leftAt + 1]
      const isRight = right !== undefined && isBefore(right, left)
      const child = isRight ? right : left
      if (!isBefore(child, last)) break
      items[at] = child
      at = isRight ? leftAt + 1 : leftAt
    }
    items[at] = last
    return top
  }

  clear(): void {
    this.#items.length = 0
  }
}

function isBefore(a: Timed, b: Timed): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}
