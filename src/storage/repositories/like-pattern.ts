/** A LIKE pattern (escape character `\`) that finds `text` anywhere, as plain text. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
