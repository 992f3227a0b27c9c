import type { FieldError } from '../../../kernel/errors.js'
import { fold } from '../../../platform/search/index.js'

/** In characters. Length is what makes a password strong; which characters it has is its owner's affair. */
export const SHORTEST_PASSWORD = 10
/** Longest one taken: hashing more costs time and wins nothing. */
export const LONGEST_PASSWORD = 200

/** What has to be left of a password when one's own words are taken out of it, in characters. */
const REST = 8

const PRODUCT = ['caunoiso', 'cau', 'noi']

/** Shorter parts of names stand in every word: An, Tú, Vy. */
const SHORTEST_PART = 3

export interface PasswordContext {
  /** The person's name, his address: what anybody who knows him would try first. */
  own: readonly (string | null)[]
  isCommon(password: string): boolean
}

/** What is wrong with a new password, the first thing only; null when it will do. The field is the caller's. */
export function passwordProblem(
  password: string,
  { own, isCommon }: PasswordContext,
): Pick<FieldError, 'code' | 'params'> | null {
  const length = [...password.normalize('NFC')].length
  if (length < SHORTEST_PASSWORD) return { code: 'shortPassword', params: { minimum: SHORTEST_PASSWORD } }
  if (length > LONGEST_PASSWORD) return { code: 'tooLong', params: { maximum: LONGEST_PASSWORD } }
  if (isCommon(password.toLowerCase()) || new Set(password).size < 4) return { code: 'commonPassword' }
  if (withoutWords(password, [...own.flatMap(partsOf), ...PRODUCT]).length < REST) return { code: 'ownPassword' }
  return null
}

/** A name or an address, whole and in all its parts that somebody might put into a password. */
function partsOf(text: string | null): string[] {
  const folded = fold(text ?? '')
  return [folded.replace(/[^a-z0-9]/g, ''), ...folded.split(/[^a-z0-9]+/)].filter(
    (part) => part.length >= SHORTEST_PART,
  )
}

/** Letters and digits of a password, its spelling folded, once the words are taken out; the longest word first. */
function withoutWords(password: string, words: readonly string[]): string {
  return [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ' '), fold(password).replace(/\s/g, ''))
    .replace(/\s/g, '')
}
