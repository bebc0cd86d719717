/** Values that one statement names at most; engines limit the number of parameters. */
const CHUNK = 500

/** Values in the portions that statements can name, in their order. */
export function inChunks<Value>(values: readonly Value[], size: number = CHUNK): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, n) => values.slice(n * size, (n + 1) * size))
}
