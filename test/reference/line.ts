/** A test by its own name, and the file that it stands in. */
export interface Shown {
  file: string
  name: string
}

/** Some lines of the reference that say one thing, and what shows that it is so. */
export interface Line {
  /** First and last line. */
  at: readonly [from: number, to: number]
  /** What they say, in our words, with every name that they name. */
  says: string
  shownBy: readonly Shown[]
  /** What no test shows, and why. */
  note?: string
}

/** What stands directly under one heading of the reference. */
export interface Section {
  heading: string
  lines: readonly Line[]
}

/** The tests of one file, by name. */
export function testsOf(file: string): (name: string) => Shown {
  return (name) => ({ file, name })
}
