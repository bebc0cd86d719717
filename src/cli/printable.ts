/** Text from elsewhere, safe to show in a terminal: control characters and line breaks become spaces. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
}
