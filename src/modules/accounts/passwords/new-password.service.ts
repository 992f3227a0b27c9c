import type { FieldError } from '../../../kernel/errors.js'
import { commonPasswords } from './common-passwords.js'
import { passwordProblem } from './passwords.rules.js'

/** The field in which a new password is typed, in every form. */
export const NEW_PASSWORD = 'password'

/** What is wrong with a password that somebody of this name and address wants; empty when it will do. */
export async function newPasswordErrors(password: string, own: readonly (string | null)[]): Promise<FieldError[]> {
  const problem = passwordProblem(password, { own, isCommon: await commonPasswords() })
  return problem ? [{ field: NEW_PASSWORD, ...problem }] : []
}
