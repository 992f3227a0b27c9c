import { memoByContent } from '../../../kernel/memo.js'
import { isStopword, type Token, words } from '../../../platform/search/index.js'
import type { Service, Taxonomy } from '../../taxonomy/index.js'
import { OTHER } from './field-vector.rules.js'
import { FIELD_WORDS } from './field-words.js'
import { OTHER_TRADES } from './other-trades.js'

/** A service by how near a text is to all the words by which people ask for it. */
export interface NearService {
  id: string
  /** BM25 score of the text against the service's words, above 0; comparable across texts of a taxonomy. */
  score: number
  /** How far the score stands out among all services, in standard deviations. */
  standing: number
  /** Pairs of words that the text and the service's words share, where they stand in the text. */
  pairs: readonly { start: number; end: number }[]
}

/** What a text is near to: services, and work that is no service of the taxonomy. */
export interface Nearness {
  /** Nearest first; services that share no word are left out. */
  services: readonly NearService[]
  /** Score of the nearest other trade, 0 when none shares a word. */
  otherTrade: number
  /** All kinds of work, services and other trades, in no order. */
  field: readonly FieldScore[]
}

/** A kind of work by how near a text is to its words. */
export interface FieldScore {
  /** A service's id, or that of another trade behind `OTHER`. */
  id: string
  /** BM25 score, 0 or more. */
  score: number
  /** How far it stands out among all kinds of work, in standard deviations. */
  standing: number
}

interface Feature {
  key: string
  /** The accented spellings; a word typed with other accents is another word. */
  exact: string
  accented: boolean
  start: number
  end: number
}

/** A service that holds a feature: how often (names count more), and in which spellings. */
interface Holder {
  profile: number
  count: number
  spellings: Set<string>
}

export interface ServiceProfiles {
  /** Services first, then the other trades. */
  profiles: readonly { id: string; service: boolean; length: number }[]
  /** By feature: who holds it, and what it is worth. */
  features: ReadonlyMap<string, { rarity: number; holders: readonly Holder[] }>
  meanLength: number
}

/** A service's names say what it is; its cues how it is missed. */
const NAME_COUNT = 2
/** Two neighbours say more than the same syllables apart. */
const PAIR = 1.3
/** BM25: saturation of repeats, and how much a long profile is held against it. */
const K = 1.2
const B = 1
/** What is left of a word whose accents say that it is another one. */
const OTHER_ACCENTS = 0.15

/** The services' words made ready for comparison; the park's settings are read anew with whatever of them is changed. */
export const serviceProfiles = ({ services }: Taxonomy): ServiceProfiles => profilesOf(services)

const profilesOf = memoByContent(compile)

function compile(services: readonly Service[]): ServiceProfiles {
  const all = [
    ...services.map((service) => ({ id: service.id, service: true, wordings: wordings(service) })),
    ...OTHER_TRADES.map(({ id, words: texts }) => ({
      ...{ id: OTHER + id, service: false },
      wordings: texts.map((text) => ({ text, count: 1 })),
    })),
  ]
  const holders = new Map<string, Map<number, Holder>>()
  const profiles = all.map(({ id, service, wordings: texts }, profile) => {
    const length = texts.reduce((sum, { text, count }) => sum + hold(holders, profile, featuresOf(text), count), 0)
    return { id, service, length }
  })
  const features = new Map(
    [...holders].map(([key, by]) => [key, { rarity: rarityOf(key, by.size, all.length), holders: [...by.values()] }]),
  )
  const meanLength = profiles.reduce((sum, { length }) => sum + length, 0) / Math.max(1, profiles.length)
  return { profiles, features, meanLength }
}

function fieldWords(id: string): string[] {
  const words = FIELD_WORDS.get(id)
  return words ? [words.owners, words.firms].flatMap(({ vi, en }) => [...vi, ...en]) : []
}

function wordings({ id, name, synonyms, abbreviations, cues, summary }: Service): { text: string; count: number }[] {
  const names = [name.vi, name.en, ...synonyms, ...abbreviations]
  return [
    ...names.map((text) => ({ text, count: NAME_COUNT })),
    ...[...cues, summary.vi, summary.en, ...fieldWords(id)].map((text) => ({ text, count: 1 })),
  ]
}

/** Enters features for a profile; returns how much they add to its length. */
function hold(
  holders: Map<string, Map<number, Holder>>,
  profile: number,
  features: readonly Feature[],
  count: number,
): number {
  for (const { key, exact } of features) {
    const by = holders.get(key) ?? new Map<number, Holder>()
    const holder = by.get(profile) ?? { profile, count: 0, spellings: new Set<string>() }
    holder.count += count
    holder.spellings.add(exact)
    holders.set(key, by.set(profile, holder))
  }
  return features.length * count
}

function rarityOf(key: string, holders: number, all: number): number {
  const idf = Math.log(1 + (all - holders + 0.5) / (holders + 0.5))
  return key.includes(' ') ? idf * PAIR : idf
}

/** The words of a text that carry meaning, and the pairs of neighbours of which one does. */
function featuresOf(text: string): Feature[] {
  const features: Feature[] = []
  let before: Token | null = null
  for (const word of words(text)) {
    const plain = isStopword(word)
    const { key, exact, accented, start, end } = word
    if (!plain && !/^\d+$/.test(key)) features.push({ key, exact, accented, start, end })
    if (before && word.joined && !(plain && isStopword(before))) {
      const pair = {
        key: `${before.key} ${key}`,
        exact: `${before.exact} ${exact}`,
        accented: accented || before.accented,
      }
      features.push({ ...pair, start: before.start, end })
    }
    before = word
  }
  return features
}

/** Services, and work that is none, by how near a text is to their words. */
export function nearestServices(text: string, { profiles, features, meanLength }: ServiceProfiles): Nearness {
  const sizes = profiles.map(({ length }) => K * (1 - B + (B * length) / meanLength))
  const scored = profiles.map(({ id, service }) => ({
    ...{ id, service, score: 0 },
    pairs: [] as { start: number; end: number }[],
  }))
  for (const feature of unique(featuresOf(text))) {
    const entry = features.get(feature.key)
    for (const { profile, count, spellings } of entry?.holders ?? []) {
      const one = scored[profile]
      if (!one || !entry) continue
      const same = !feature.accented || spellings.has(feature.exact) || spellings.has(feature.key)
      const saturated = (count * (K + 1)) / (count + (sizes[profile] ?? K))
      one.score += entry.rarity * saturated * (same ? 1 : OTHER_ACCENTS)
      if (same && feature.key.includes(' ')) one.pairs.push({ start: feature.start, end: feature.end })
    }
  }
  const services = standings(scored.flatMap(({ service, ...one }) => (service ? [one] : [])))
  return {
    services: services.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)),
    otherTrade: Math.max(0, ...scored.flatMap(({ service, score }) => (service ? [] : [score]))),
    field: standings(scored.map(({ id, score }) => ({ id, score }))),
  }
}

function standings<T extends { score: number }>(all: readonly T[]): (T & { standing: number })[] {
  const { mean, spread } = statistics(all.map(({ score }) => score))
  return all.map((one) => ({ ...one, standing: spread > 0 ? (one.score - mean) / spread : 0 }))
}

function statistics(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)
  return { mean, spread: Math.sqrt(variance) }
}

function unique(features: readonly Feature[]): Feature[] {
  const seen = new Set<string>()
  return features.filter(({ key }) => !seen.has(key) && seen.add(key))
}
