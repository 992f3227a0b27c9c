import { createHash } from 'node:crypto'
import { customAlphabet } from 'nanoid'

/** Codes on paper for when the phone is lost; each counts once. */

const HOW_MANY = 10
const LENGTH = 12

// Nothing that is read as something else: no 0 and o, no 1, l and i.
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

const newCode = customAlphabet(ALPHABET, LENGTH)

/** Ten codes of 59 bits each, written `abcd-efgh-jkmn`: long enough that a plain hash of them cannot be turned back. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: HOW_MANY }, () => newCode().match(/.{4}/g)?.join('-') ?? '')

/** SHA-256 in hexadecimal of a code however it is typed: with or without strokes, spaces and capitals. */
export const recoveryCodeHash = (code: string): string => createHash('sha256').update(bare(code)).digest('hex')

/** Whether what was typed can be a recovery code at all. */
export const looksLikeRecoveryCode = (typed: string): boolean => bare(typed).length === LENGTH

const bare = (code: string) => code.toLowerCase().replace(/[\s-]/g, '')
