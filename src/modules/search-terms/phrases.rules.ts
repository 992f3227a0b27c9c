import { fold } from '../../platform/search/index.js'

/** Longer than this, words are a story rather than a name, and stories hold what is private. */
export const LONGEST_PHRASE = 60
const SHORTEST_PHRASE = 2
/** Phone numbers, tax codes, identity cards and account numbers have at least so many digits, however they are parted. */
const PERSONAL_DIGITS = 8

/** Words as typed and what they are grouped by: without accents, in small letters. */
export interface Phrase {
  text: string
  key: string
}

/** The phrase in what somebody searched for; null where it may be about a person, or is too long or too short to be a name. */
export function phraseOf(typed: string): Phrase | null {
  const text = typed.normalize('NFC').replace(/["“”]/g, ' ').replace(/\s+/g, ' ').trim().toLowerCase()
  const digits = text.replace(/\D/g, '').length
  if (text.length < SHORTEST_PHRASE || text.length > LONGEST_PHRASE) return null
  if (digits >= PERSONAL_DIGITS || text.includes('@') || !/\p{L}/u.test(text)) return null
  return { text, key: fold(text) }
}
