import { isStopword, isSyllable, type SearchDocument, type Token, words } from '../../../platform/search/index.js'
import { withoutDenials } from '../offers/denials.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import type { Weights } from './weights.js'

/**
 * The words of a text that tell what it is about: pairs of neighbouring syllables, since single ones meet by chance, and single words
 * of other languages.
 */
export function tellingTerms(text: string): Set<string> {
  const telling = new Set<string>()
  let before: Token | null = null
  for (const word of words(text)) {
    const kind = kindOf(word)
    if (kind === 'single') telling.add(word.key)
    if (kind === 'half' && before && word.joined) telling.add(`${before.key} ${word.key}`)
    before = kind === 'half' ? word : null
  }
  return telling
}

/** What a word tells: enough by itself, half of a pair, or nothing. */
type Kind = 'single' | 'half' | 'none'

const kinds = new WeakMap<Token['forms'], Kind>()

function kindOf(word: Token): Kind {
  const known = kinds.get(word.forms)
  if (known) return known
  const meaningful = !isStopword(word) && !/^\d+$/.test(word.folded)
  const single = word.folded.length > 3 && !isSyllable(word.folded)
  const kind = !meaningful ? 'none' : single ? 'single' : 'half'
  kinds.set(word.forms, kind)
  return kind
}

/** How much of a need's telling words another text holds. */
export interface TextEvidence {
  /** 0 to 1. */
  share: number
  held: number
  /** All there are to hold. */
  of: number
}

/** A single shared term meets by chance, unless it is all there is. */
const LEAST_HELD = 2

export const textEvidence = (telling: ReadonlySet<string>, text: string): TextEvidence =>
  telling.size === 0 ? { share: 0, held: 0, of: 0 } : sharedEvidence(telling, tellingTerms(text))

/** The same for a text whose telling words are known. */
export function sharedEvidence(telling: ReadonlySet<string>, there: ReadonlySet<string>): TextEvidence {
  if (telling.size === 0) return { share: 0, held: 0, of: 0 }
  const held = [...telling].filter((term) => there.has(term)).length
  return { share: held / telling.size, held, of: telling.size }
}

/** Whether a text is about what a need is about, by the share of telling words it must hold. */
export const isAbout = ({ share, held, of }: TextEvidence, least: number): boolean =>
  of > 0 && share >= least && held >= Math.min(LEAST_HELD, of)

/** The share of a need's telling words that a text must hold to be about it; none is enough where the need is plainly of another trade. */
export function closeShare({ otherTrade }: Pick<Understood, 'otherTrade'>, { evidence }: Weights): number {
  if (otherTrade === 'plainly') return Number.POSITIVE_INFINITY
  return otherTrade === 'perhaps' ? evidence.otherTrade : evidence.close
}

const FIELDS = ['name', 'services', 'tagline', 'features', 'evidence', 'cases', 'description'] as const

/** All that a firm says of what it does, as its search document holds it; not what it says that it does not do. */
export const textOf = (document: SearchDocument): string =>
  withoutDenials(FIELDS.flatMap((field) => document[field] ?? []).join('\n'))
