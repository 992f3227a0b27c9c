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

/** A service that holds a feature: how often (names count more), and in which spellings. */
interface Holder {
  profile: number
  count: number
  spellings: Set<string>
}

export interface ServiceProfiles {
  services: readonly { id: string; length: number }[]
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
  const holders = new Map<string, Map<number, Holder>>()
  const lengths = services.map((service, profile) =>
    wordings(service).reduce((sum, { text, count }) => sum + hold(holders, profile, featuresOf(text), count), 0),
  )
  const features = new Map(
    [...holders].map(([key, by]) => [
      key,
      { rarity: rarityOf(key, by.size, services.length), holders: [...by.values()] },
    ]),
  )
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  return { services: services.map(({ id }, i) => ({ id, length: lengths[i] ?? 0 })), features, meanLength }
}

function wordings({ name, synonyms, abbreviations, cues, summary }: Service): { text: string; count: number }[] {
  const names = [name.vi, name.en, ...synonyms, ...abbreviations]
  return [
    ...names.map((text) => ({ text, count: NAME_COUNT })),
    ...[...cues, summary.vi, summary.en].map((text) => ({ text, count: 1 })),
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

/** Services by how near a text is to their words, nearest first; those that share no word are left out. */
export function nearestServices(text: string, { services, features, meanLength }: ServiceProfiles): NearService[] {
  const sizes = services.map(({ length }) => K * (1 - B + (B * length) / meanLength))
  const scored = services.map(({ id }) => ({ id, score: 0, pairs: [] as { start: number; end: number }[] }))
  for (const feature of unique(featuresOf(text))) {
    const entry = features.get(feature.key)
    for (const { profile, count, spellings } of entry?.holders ?? []) {
      const service = scored[profile]
      if (!service || !entry) continue
      const same = !feature.accented || spellings.has(feature.exact) || spellings.has(feature.key)
      const saturated = (count * (K + 1)) / (count + (sizes[profile] ?? K))
      service.score += entry.rarity * saturated * (same ? 1 : OTHER_ACCENTS)
      if (same && feature.key.includes(' ')) service.pairs.push({ start: feature.start, end: feature.end })
    }
  }
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
