import { z } from 'zod'
import { email, line } from '../../../kernel/fields.js'
import { typedPassword } from '../signing-in/sign-in.schemas.js'

export const NAME_LENGTH = 120

/** A person's name in one line; what breaks it becomes a space, since it also goes into mails. */
export const personName = z
  .string({ error: 'required' })
  .transform((text) => text.replace(/\s+/g, ' '))
  .pipe(line(NAME_LENGTH, 1))

/** The first step of signing up, and of a reset: where to mail the link. */
export const addressForm = z.strictObject({
  email,
  /** Where to go afterwards. */
  next: z.string().optional(),
})

/** What stands behind the mailed link. */
export const signUpForm = z.strictObject({
  name: personName,
  password: typedPassword,
  /** The box is never ticked beforehand. */
  consent: z.literal('on', { error: 'accountConsent' }),
})
