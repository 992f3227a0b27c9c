import { createHash } from 'node:crypto'
import type { SearchDocument } from '../../platform/search/index.js'
import { PROVIDERS_INDEX } from '../providers/index.js'

/** Characters of a text that are sent. Models read a few thousand at most, and what somebody does stands at the beginning. */
export const LONGEST_SENT = 4000

const ADDRESS = /[^\s<>"',;]+@[^\s<>"',;]+/g
/** Eight digits or more, however they are parted: telephone numbers, and those of cards, accounts and taxes. */
const LONG_NUMBER = /\+?\d(?:[\s.,()\-–—·_/]{0,3}\d){7,}/g
const BLANK = ' '

/** What of a text may leave the park: e-mail addresses and long numbers are taken out, and what is too long is cut off. */
export function toBeSent(text: string): string {
  const without = text.replace(ADDRESS, BLANK).replace(LONG_NUMBER, BLANK)
  return without.replace(/\s+/gu, ' ').trim().slice(0, LONGEST_SENT)
}

/** A firm's own words, as a search finds it by them; those of both languages. */
export function firmText(document: SearchDocument): string {
  const fields = Object.keys(PROVIDERS_INDEX.text)
  return toBeSent(fields.flatMap((field) => document[field] ?? []).join('\n'))
}

/** Tells whether a text is the one that a vector was made of. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)
