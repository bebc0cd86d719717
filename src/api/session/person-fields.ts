import { Type } from 'typebox'
import { OneLine } from '../body-fields.ts'

export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 256

/** An e-mail address, loosely: only a mail that arrives proves one. */
const EMAIL_PATTERN = '^[^\\s@<>"\\u0000-\\u001f\\u007f]{1,64}@[^\\s@<>"\\u0000-\\u001f\\u007f]{1,189}$'

export const Email = Type.String({
  pattern: EMAIL_PATTERN,
  maxLength: 254,
  expected: 'an e-mail address',
  description: 'E-mail address; upper and lower case are the same.',
  examples: ['ada@example.com'],
})
export const PersonName = OneLine(100, { description: 'What people call them.', examples: ['Ada Lovelace'] })
/** A password to set. */
export const NewPassword = Type.String({
  minLength: PASSWORD_MIN,
  maxLength: PASSWORD_MAX,
  secret: true,
  expected: `a password of ${PASSWORD_MIN} to ${PASSWORD_MAX} characters`,
  description: `A password of ${PASSWORD_MIN} to ${PASSWORD_MAX} characters, of any kind.`,
})
/** A password to compare, whatever rules it was set by. */
export const GivenPassword = Type.String({
  maxLength: PASSWORD_MAX,
  secret: true,
  expected: 'a password',
  description: 'The password.',
})
/** The secret part of a one-time link. */
export const LinkToken = Type.String({
  maxLength: 100,
  secret: true,
  expected: 'the token of the link',
  description: 'The token of the link.',
})
