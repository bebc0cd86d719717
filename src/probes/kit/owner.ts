/** Whom a test's server belongs to: it is closed when its owner is done. A test is one. */
export interface Owner {
  after(end: () => unknown): unknown
}
