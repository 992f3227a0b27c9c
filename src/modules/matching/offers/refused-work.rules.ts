import type { SearchDocument } from '../../../platform/search/index.js'
import { tellingTerms, textOf } from '../ranking/text-evidence.rules.js'
import { languageOf } from '../understanding/language.rules.js'
import { plainText } from '../understanding/plain-text.rules.js'
import type { ServiceProfiles } from '../understanding/service-profiles.rules.js'
import { denialsIn } from './denials.rules.js'

/** Something that a firm's own text says it does not do. */
export interface Refusal {
  /** The clause that says so, verbatim. */
  clause: string
  /** Its telling words. */
  telling: readonly string[]
  /** So many of them a need must share to speak of it: single English words meet by chance, pairs of syllables hardly. */
  least: number
}

/** Where a firm speaks of itself; the clients of its cases say what they do not do, too. */
const FIELDS = ['tagline', 'features', 'evidence', 'description'] as const
/** A text is read to here, and longer clauses come of a text without stops. UTF-16 units. */
const MOST = 2_000
const CLAUSE = 240
const MOST_CLAUSES = 20
/** From this share of all kinds of work on, services and other trades, a word belongs to none ("phần mềm", "máy tính"). */
const COMMON = 1 / 4

/**
 * What a firm's text says that it does not do. Words that belong to no work tell nothing, nor do those that the firm also uses of its own
 * ("kế toán" of an accountant that does not sign for others); a clause of none but such words is left out.
 */
export function refusedInText(document: SearchDocument, profiles: ServiceProfiles): Refusal[] {
  const denials = FIELDS.flatMap((field) => document[field] ?? [])
    .flatMap((text) => denialsIn(String(text).slice(0, MOST)))
    .filter(({ clause }) => clause.length <= CLAUSE)
    .slice(0, MOST_CLAUSES)
  if (denials.length === 0) return []
  const own = tellingTerms(textOf(document))
  const tells = (term: string) => !own.has(term) && !isCommon(term, profiles)
  return denials
    .map(({ clause, work }) => ({
      clause,
      telling: [...tellingTerms(work)].filter(tells),
      least: languageOf(clause, plainText(clause)) === 'en' ? 2 : 1,
    }))
    .filter(({ telling, least }) => telling.length >= least)
}

const isCommon = (term: string, { heldOf, kinds }: ServiceProfiles) =>
  (heldOf(term)?.kinds.length ?? 0) >= kinds.length * COMMON

/** How a refusal stands in a search document, a line each: how many words must be shared, the words, the clause. */
export const writeRefusal = ({ clause, telling, least }: Refusal): string => [least, telling.join(), clause].join('\n')

/** Reads what `writeRefusal` has written. */
export function readRefusal(written: string): Refusal {
  const [least, telling = '', clause = ''] = written.split('\n')
  return { clause, telling: telling.split(','), least: Number(least) }
}
