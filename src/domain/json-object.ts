/** The object that a JSON text holds; null for any other JSON, and for what is none. */
export function parseJsonObject(text: string): { [name: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
