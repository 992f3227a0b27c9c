import { z } from 'zod'
import { line } from '../../../kernel/fields.js'
import { typedPassword } from '../signing-in/sign-in.schemas.js'

const next = z.string().optional()

/** A code as it is typed: six digits, or a recovery code, spaces and strokes as one likes. */
const code = z.string({ error: 'required' }).pipe(line(40, 1))

export const codeForm = z.strictObject({ code, next })

/** Asked of whoever changes how he gets in; a code is read as text, a password as it stands. */
export const himselfForm = z.strictObject({ himself: typedPassword })

/** The first code of a new factor, and the password of whoever sets one up of his own accord. */
export const confirmForm = z.strictObject({ code, next, himself: typedPassword.optional() })
