import { memoByContent } from '../../../kernel/memo.js'
import type { Service, Taxonomy } from '../../taxonomy/index.js'
import { fieldModel } from './field-model.js'
import { byKind, type CountedText, countFeatures, type Holder } from './field-model.rules.js'
import { OTHER } from './field-vector.rules.js'
import { type Feature, featuresOf, isPair, PAIR } from './text-features.rules.js'
import type { Wording } from './wording.rules.js'

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
  /** How near the text is to other trades as a whole, on the scale of the nearest service's score; 0 when none shares a word. */
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

/** The kinds of work of a taxonomy and of other trades, made ready for comparison. */
export interface ServiceProfiles {
  kinds: readonly { id: string; service: boolean }[]
  /** Undefined when nobody holds it. Made ready when it is first asked for: few features of all are ever typed. */
  heldOf(feature: string): Held | undefined
}

/** Who holds a feature; the three lists run side by side, as every text of every firm is held against them. */
interface Held {
  /** Places in the list of kinds. */
  kinds: Uint16Array
  /** What it adds to the score of each: BM25's saturated count, times its rarity. */
  worth: Float64Array
  /** The spellings that each has, a bit for each of `spellings`. */
  has: Int32Array
  spellings: ReadonlyMap<string, number>
}

/** A service's names say what it is; its cues how it is missed. */
const NAME_COUNT = 2
/** BM25: saturation of repeats in a profile as long as a service's usually is; how often is counted as if all were (`countField`), so that no length is held against one. */
const K = 8
/** The scale of scores: what a word adds that is said of one kind of work without end, in units of its rarity. */
const SCALE = 6
/** What is left of a word whose accents say that it is another one. */
const OTHER_ACCENTS = 0.15

/** The services' words made ready for comparison; the park's settings are read anew with whatever of them is changed. */
export const serviceProfiles = ({ services }: Taxonomy): ServiceProfiles => profilesOf(services)

const profilesOf = memoByContent(compile)

function compile(services: readonly Service[]): ServiceProfiles {
  const field = fieldModel()
  const others = field.kinds.filter(({ id }) => id.startsWith(OTHER))
  const kinds = [...services, ...others].map(({ id }) => ({ id, service: !id.startsWith(OTHER) }))
  const places = new Map(kinds.map(({ id }, place) => [id, place]))
  // What a service is called and how it is missed here is the taxonomy's; how the whole field speaks of it comes from the model.
  const own = countFeatures(services.map(wordings))
  const toldAt = new Map(field.kinds.map(({ id, length }) => [id, length]))
  const told = kinds.flatMap(({ id, service }) => {
    const length = toldAt.get(id)
    return length === undefined ? [] : [{ service, length }]
  })
  const ofService = mean(told.filter(({ service }) => service).map(({ length }) => length))
  const ofAll = mean(told.map(({ length }) => length))
  // What the model counts is of one length. A service that a park has added has few words, and each would count for ten of the others'.
  const damping = kinds.map(({ id }, place) =>
    toldAt.has(id) ? K : (K * Math.max(own.lengths[place] ?? 0, ofAll)) / ofService,
  )
  const here = ([kind, ...held]: Holder): Holder[] => {
    const place = places.get(field.kinds[kind]?.id ?? '')
    return place === undefined ? [] : [[place, ...held]]
  }
  const heldOf = (key: string): Held | undefined => {
    const holders = byKind([...(field.holders.get(key) ?? []).flatMap(here), ...(own.holders.get(key) ?? [])])
    return holders.length > 0 ? heldBy(holders, rarityOf(key, holders.length, kinds.length), damping) : undefined
  }
  return { kinds, heldOf: remembered(heldOf) }
}

/** What nobody holds is not remembered: anybody can type it. */
function remembered(make: (key: string) => Held | undefined): (key: string) => Held | undefined {
  const known = new Map<string, Held>()
  return (key) => {
    const held = known.get(key) ?? make(key)
    if (held) known.set(key, held)
    return held
  }
}

/** Further spellings of one feature share the last bit. */
const BITS = 31

function heldBy(holders: readonly Holder[], rarity: number, damping: readonly number[]): Held {
  const spellings = new Map<string, number>()
  const bitOf = (spelling: string) => {
    const bit = spellings.get(spelling) ?? 1 << Math.min(spellings.size, BITS)
    spellings.set(spelling, bit)
    return bit
  }
  return {
    kinds: Uint16Array.from(holders, ([kind]) => kind),
    worth: Float64Array.from(holders, ([kind, count]) => (rarity * count * SCALE) / (count + (damping[kind] ?? K))),
    has: Int32Array.from(holders, ([, , spelled]) => spelled.reduce((bits, spelling) => bits | bitOf(spelling), 0)),
    spellings,
  }
}

function wordings({ name, synonyms, abbreviations, cues, summary }: Service): CountedText[] {
  const names = [name.vi, name.en, ...synonyms, ...abbreviations]
  return [
    ...names.map((text) => ({ text, count: NAME_COUNT })),
    ...[...cues, summary.vi, summary.en].map((text) => ({ text, count: 1 })),
  ]
}

function rarityOf(key: string, holders: number, all: number): number {
  const idf = Math.log(1 + (all - holders + 0.5) / (holders + 0.5))
  return isPair(key) ? idf * PAIR : idf
}

/** Services, and work that is none, by how near a text is to their words. */
export function nearestServices(text: string, { kinds, heldOf }: ServiceProfiles): Nearness {
  const scores = new Float64Array(kinds.length)
  const pairs = kinds.map((): Feature[] => [])
  for (const feature of unique(featuresOf(text))) {
    const held = heldOf(feature.key)
    if (held) addTo(scores, pairs, feature, held)
  }
  const services = kinds.flatMap(({ id, service }, kind) =>
    service
      ? [{ id, score: scores[kind] ?? 0, pairs: (pairs[kind] ?? []).map(({ start, end }) => ({ start, end })) }]
      : [],
  )
  const near = standings(services)
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  const others = kinds.map(({ service }, kind) => (service ? 0 : (scores[kind] ?? 0)))
  return {
    services: near,
    otherTrade: otherTradeBeside(near, others),
    field: standings(kinds.map(({ id }, kind) => ({ id, score: scores[kind] ?? 0 }))),
  }
}

/** The same needs, told in English, came out so much less near to other work than in Vietnamese with or without accents. */
const IN_ENGLISH = 1.12

/** How near a text is that is written so, by its nearness as it was measured. */
export const asWorded = (near: Nearness, wording: Wording): Nearness =>
  wording === 'english' ? { ...near, otherTrade: near.otherTrade * IN_ENGLISH } : near

/**
 * There are seven times as many trades as services, so that a few words meet more of them by chance: by seven tenths where the nearest
 * kind of work has no more than the first score, by nothing from the second on.
 */
const CHANCE = { more: 0.7, few: 25, many: 90 }

/** What a service's standing is usually when it is the nearest, and how much one that stands out more is spared for each standard deviation. */
const USUAL_STANDING = 2.5
const SPARED = 0.04

/**
 * A text about mud and pumps is near to many trades, though one service may be nearer than each of them: sides are compared as a whole, and
 * not champion with champion. Where one service alone stands out, its side is small and the text is of it all the same.
 */
function otherTradeBeside(services: readonly NearService[], others: readonly number[]): number {
  const [nearest] = services
  if (!nearest) return Math.max(0, ...others)
  const beside = strength(others) / strength(services.map(({ score }) => score))
  const said = (Math.max(nearest.score, ...others) - CHANCE.few) / (CHANCE.many - CHANCE.few)
  const chance = 1 + CHANCE.more * (1 - Math.min(1, Math.max(0, said)))
  return ((nearest.score * beside) / chance) * Math.exp(SPARED * (USUAL_STANDING - nearest.standing))
}

/** So many of a side count: there are several times more trades than services. */
const COUNTED = 25

/** The cubic norm: the nearest counts most, and what follows it close behind. */
function strength(scores: readonly number[]): number {
  const nearest = [...scores].sort((a, b) => b - a).slice(0, COUNTED)
  return Math.cbrt(nearest.reduce((sum, score) => sum + score ** 3, 0))
}

/** Adds what a feature is worth to the scores of those that hold it, and notes it with them when it is a pair that they spell alike. */
function addTo(
  scores: Float64Array,
  pairs: readonly Feature[][],
  feature: Feature,
  { kinds, worth, has, spellings }: Held,
): void {
  const typed = (spellings.get(feature.exact) ?? 0) | (spellings.get(feature.key) ?? 0)
  const notes = isPair(feature.key)
  for (let at = 0; at < kinds.length; at++) {
    const kind = kinds[at] as number
    const same = !feature.accented || ((has[at] as number) & typed) !== 0
    scores[kind] = (scores[kind] as number) + (worth[at] as number) * (same ? 1 : OTHER_ACCENTS)
    if (same && notes) pairs[kind]?.push(feature)
  }
}

function standings<T extends { score: number }>(all: readonly T[]): (T & { standing: number })[] {
  const { mean, spread } = statistics(all.map(({ score }) => score))
  return all.map((one) => ({ ...one, standing: spread > 0 ? (one.score - mean) / spread : 0 }))
}

function statistics(values: readonly number[]): { mean: number; spread: number } {
  const usual = mean(values)
  return { mean: usual, spread: Math.sqrt(mean(values.map((value) => (value - usual) ** 2))) }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function unique(features: readonly Feature[]): Feature[] {
  const seen = new Set<string>()
  return features.filter(({ key }) => !seen.has(key) && seen.add(key))
}
