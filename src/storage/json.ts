/** Reads JSON that this store wrote itself as the type that it was written from. */
export function fromJson<T>(text: string): T {
  return JSON.parse(text) as T
}
