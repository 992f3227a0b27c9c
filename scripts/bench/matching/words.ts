import type { Core } from '../../../src/core.js'
import { wardsOf } from '../../../src/modules/geography/index.js'
import { inventLanguage, type Language, TERMS } from '../search/language.js'
import type { Random } from '../search/random.js'

/** What invented firms and needs are written in: an invented language, and the taxonomy's words for what they do or want. */
export interface BenchWords {
  language: Language
  services: readonly BenchTerm[]
  sectors: readonly BenchTerm[]
  /** Codes of the park's wards. */
  wards: readonly string[]
}

export interface BenchTerm {
  id: string
  /** How firms call it, and how owners tell its lack. */
  names: readonly string[]
  cues: readonly string[]
}

export function benchWords(core: Pick<Core, 'park' | 'taxonomy'>): BenchWords {
  const { services, sectors } = core.taxonomy().taxonomy
  const term = ({ id, name, synonyms, cues }: (typeof services)[number] | (typeof sectors)[number]): BenchTerm => ({
    id,
    names: [name.vi, name.en, ...synonyms],
    cues: cues.length > 0 ? cues : [name.vi],
  })
  return {
    language: inventLanguage(TERMS),
    services: services.map(term),
    sectors: sectors.map(term),
    wards: wardsOf(core.park().province).map(({ code }) => code),
  }
}

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A sentence of 8 to 17 words. */
export const sentence = (random: Random, { language }: BenchWords) =>
  `${capitalised(language.text(random, 8 + random.below(10)))}.`

/** One to `most` different ones. */
export const some = <T>(random: Random, from: readonly T[], most: number): T[] => [
  ...new Set(Array.from({ length: 1 + random.below(most) }, () => random.pick(from))),
]

export const chance = (random: Random, share: number) => random.next() < share
