import { z } from 'zod'
import { email } from '../../../kernel/fields.js'
import { LONGEST_PASSWORD } from '../passwords/passwords.rules.js'

/** A password as it is typed to get in: nothing is cut off it, since spaces count. */
export const typedPassword = z.string({ error: 'required' }).min(1, 'required').max(LONGEST_PASSWORD, 'tooLong')

export const signInForm = z.strictObject({
  email,
  password: typedPassword,
  /** Where to go afterwards. */
  next: z.string().optional(),
})
