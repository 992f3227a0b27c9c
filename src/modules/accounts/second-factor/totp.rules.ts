import { Secret, TOTP } from 'otpauth'

/** Codes by time (RFC 6238), as every authenticator app makes them: SHA-1, six digits, a new one every 30 seconds. */

const PERIOD_S = 30
const OPTIONS = { algorithm: 'SHA1', digits: 6, period: PERIOD_S } as const
/** How many steps a phone's clock may be off. */
const WINDOW = 1

/** A shared secret of 160 bits, base32. */
export const newSharedSecret = (): string => new Secret({ size: 20 }).base32

/** A shared secret out of given bytes. */
export const sharedSecretOf = (bytes: Uint8Array): string => new Secret({ buffer: new Uint8Array(bytes).buffer }).base32

/** The time step whose code this is, one before or after the present one included; null for a wrong code. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  // The library compares bytes, and throws when six characters are more than six of them.
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now.getTime()
  const delta = totp(secret).validate({ token: code, timestamp, window: WINDOW })
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_S) + delta
}

/** The code of an instant. */
export const codeAt = (secret: string, at: Date): string => totp(secret).generate({ timestamp: at.getTime() })

/** What the QR picture holds; apps show `issuer` and `account` beside the code. */
export const uriOf = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  new TOTP({ ...OPTIONS, issuer, label: account, secret: Secret.fromBase32(secret) }).toString()

/** The secret as somebody types it from the screen: in groups of four. */
export const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? ''

const totp = (secret: string) => new TOTP({ ...OPTIONS, secret: Secret.fromBase32(secret) })
