import { createHash } from 'node:crypto'

/**
 * The server folds case and accents of the values it filters and sorts by, and reads digits as numbers. What has to be compared
 * exactly is therefore stored in letters that it leaves alone.
 */

/** The server cuts values off at 468 bytes; each UTF-16 unit takes four. */
const MAX_UNITS = 116

/** A text whose code-unit order and equality the server keeps; beyond 116 units texts are the same. */
export function encodeText(text: string): string {
  let encoded = 's'
  for (let i = 0; i < Math.min(text.length, MAX_UNITS); i++) encoded += text.charCodeAt(i).toString(16).padStart(4, '0')
  return encoded
}

export function decodeText(encoded: string): string {
  return (encoded.slice(1).match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
}

/** The key the server knows a document by: it takes letters, digits, `-` and `_` only. */
export const documentKey = (id: string): string => Buffer.from(id, 'utf8').toString('base64url')

/** Says that a field has a value of this very type. */
export function valueToken(field: string, value: string | number | boolean | null): string {
  const digest = createHash('sha256')
    .update(`${field}\0${JSON.stringify(value)}`)
    .digest('hex')
  return `v${digest.slice(0, 32)}`
}

/** Says that a field is there, be it null. */
export const presenceToken = (field: string): string =>
  `p${createHash('sha256').update(field).digest('hex').slice(0, 32)}`
