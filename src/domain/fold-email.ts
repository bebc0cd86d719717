/** An e-mail address in the form in which it is compared: without regard to case, and to how its letters were typed. */
export function foldEmail(email: string): string {
  return email.normalize('NFC').toLowerCase()
}
