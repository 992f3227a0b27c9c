import { z } from 'zod'
import { typedPassword } from '../signing-in/sign-in.schemas.js'

/** What stands behind the mailed link. */
export const resetForm = z.strictObject({ password: typedPassword })
