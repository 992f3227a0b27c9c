import { z } from 'zod'
import { phone } from '../../../kernel/fields.js'
import { LANGUAGES } from '../../../kernel/text.js'
import { typedPassword } from '../signing-in/sign-in.schemas.js'
import { personName } from '../signing-up/sign-up.schemas.js'

export const detailsForm = z.strictObject({
  name: personName,
  phone: phone.optional(),
  lang: z.enum(LANGUAGES, 'choice'),
})

export const changePasswordForm = z.strictObject({
  presentPassword: typedPassword,
  password: typedPassword,
})

/** Which sign-in to end; none: all but the one in use. */
export const endSignInsForm = z.strictObject({ signIn: z.string().max(64).optional() })
