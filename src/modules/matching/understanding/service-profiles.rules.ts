import { isStopword, type Token, words } from '../../../platform/search/index.js'
import type { Service, Taxonomy } from '../../taxonomy/index.js'

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

interface Feature {
  key: string
  /** The accented spellings; a word typed with other accents is another word. */
  exact: string
  accented: boolean
  start: number
  end: number
}

interface Profile {
  id: string
  /** By feature: how often the service's words hold it (names count more), and in which spellings. */
  features: ReadonlyMap<string, { count: number; spellings: ReadonlySet<string> }>
  length: number
}

export interface ServiceProfiles {
  profiles: readonly Profile[]
  rarity: ReadonlyMap<string, number>
  meanLength: number
}

/** A service's names say what it is; its cues how it is missed. */
const NAME_COUNT = 2
/** Two neighbours say more than the same syllables apart. */
const PAIR = 1.3
/** BM25: saturation of repeats, and how much a long profile is held against it. */
const K = 1.2
const B = 0.6
/** What is left of a word whose accents say that it is another one. */
const OTHER_ACCENTS = 0.15

const known = new WeakMap<Taxonomy, ServiceProfiles>()

/** The services' words made ready for comparison; made once for a version of the taxonomy, since versions never change. */
export function serviceProfiles(taxonomy: Taxonomy): ServiceProfiles {
  const made = known.get(taxonomy) ?? compile(taxonomy.services)
  known.set(taxonomy, made)
  return made
}

function compile(services: readonly Service[]): ServiceProfiles {
  const profiles = services.map(profileOf)
  const spread = new Map<string, number>()
  for (const { features } of profiles) for (const key of features.keys()) spread.set(key, (spread.get(key) ?? 0) + 1)
  const rarity = new Map([...spread].map(([key, n]) => [key, rarityOf(key, n, services.length)]))
  const meanLength = profiles.reduce((sum, { length }) => sum + length, 0) / Math.max(1, profiles.length)
  return { profiles, rarity, meanLength }
}

function rarityOf(key: string, holders: number, all: number): number {
  const idf = Math.log(1 + (all - holders + 0.5) / (holders + 0.5))
  return key.includes(' ') ? idf * PAIR : idf
}

function profileOf({ id, name, synonyms, abbreviations, cues, summary }: Service): Profile {
  const features = new Map<string, { count: number; spellings: Set<string> }>()
  let length = 0
  const add = (text: string, count: number) => {
    for (const { key, exact } of featuresOf(text)) {
      const entry = features.get(key) ?? { count: 0, spellings: new Set<string>() }
      entry.count += count
      entry.spellings.add(exact)
      features.set(key, entry)
      length += count
    }
  }
  for (const text of [name.vi, name.en, ...synonyms, ...abbreviations]) add(text, NAME_COUNT)
  for (const text of [...cues, summary.vi, summary.en]) add(text, 1)
  return { id, features, length }
}

/** The words of a text that carry meaning, and the pairs of neighbours of which one does. */
function featuresOf(text: string): Feature[] {
  const features: Feature[] = []
  let before: Token | null = null
  for (const word of words(text)) {
    const plain = isStopword(word.folded)
    const { key, exact, accented, start, end } = word
    if (!plain && !/^\d+$/.test(key)) features.push({ key, exact, accented, start, end })
    if (before && word.joined && !(plain && isStopword(before.folded))) {
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

/** Services by how near a text is to their words, nearest first; those that share no word are left out. */
export function nearestServices(text: string, { profiles, rarity, meanLength }: ServiceProfiles): NearService[] {
  const features = unique(featuresOf(text))
  const scored = profiles.map((profile) => {
    const size = K * (1 - B + (B * profile.length) / meanLength)
    let score = 0
    const pairs: Feature[] = []
    for (const feature of features) {
      const entry = profile.features.get(feature.key)
      if (!entry) continue
      const same = !feature.accented || entry.spellings.has(feature.exact) || entry.spellings.has(feature.key)
      score +=
        ((rarity.get(feature.key) ?? 0) * (same ? 1 : OTHER_ACCENTS) * entry.count * (K + 1)) / (entry.count + size)
      if (same && feature.key.includes(' ')) pairs.push(feature)
    }
    return { id: profile.id, score, pairs: pairs.map(({ start, end }) => ({ start, end })) }
  })
  const mean = scored.reduce((sum, { score }) => sum + score, 0) / Math.max(1, scored.length)
  const spread = Math.sqrt(scored.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / Math.max(1, scored.length))
  return scored
    .filter(({ score }) => score > 0)
    .map((one) => ({ ...one, standing: spread > 0 ? (one.score - mean) / spread : 0 }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

function unique(features: readonly Feature[]): Feature[] {
  const seen = new Set<string>()
  return features.filter(({ key }) => !seen.has(key) && seen.add(key))
}
