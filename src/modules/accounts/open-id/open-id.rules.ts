import { email } from '../../../kernel/fields.js'

/** The address that the service vouches for, as the product writes addresses; null when it vouches for none. */
export function addressFrom(claims: { email: string | null; emailVerified: boolean }): string | null {
  if (!claims.emailVerified) return null
  const read = email.safeParse(claims.email)
  return read.success ? read.data : null
}
