import type { ParkContext } from '../../kernel/park.js'
import { fold } from '../../platform/search/index.js'
import { allProvinces, wardByCode, wardsOf } from '../geography/index.js'
import type { Taxonomy, Term } from '../taxonomy/index.js'

/** Finds what a file names by id, name or short form; null for what there is not, or what would not be clear. */
export interface Lookup {
  service(word: string): string | null
  sector(word: string): string | null
  sizeBand(word: string): string | null
  /** The band of a number of people. */
  sizeBandOf(people: number): string | null
  zone(word: string): string | null
  /** Two-digit code, from a code or a name. */
  province(word: string): string | null
  /**
   * Five-digit code, from a code or a name with or without "phường" or "xã" and, behind a comma, the province. A name
   * without a province means the park's province first, then the only ward of that name in the country.
   */
  ward(word: string): string | null
}

export function createLookup(taxonomy: Taxonomy, park: Pick<ParkContext, 'province' | 'zones'>): Lookup {
  const services = termIndex(taxonomy.services)
  const sectors = termIndex(taxonomy.sectors)
  const bands = nameIndex(taxonomy.sizeBands)
  const zones = nameIndex(park.zones)
  const provinceNames = new Map(
    allProvinces().flatMap((p) => [
      [p.code, p.code],
      [bareProvince(p.name), p.code],
    ]),
  )
  const wards = wardIndex()

  const province = (word: string) => provinceNames.get(word.trim()) ?? provinceNames.get(bareProvince(word)) ?? null
  return {
    service: (word) => services.get(plain(word)) ?? null,
    sector: (word) => sectors.get(plain(word)) ?? null,
    sizeBand: (word) => bands.get(plain(word)) ?? null,
    sizeBandOf: (people) =>
      taxonomy.sizeBands.find((b) => people >= b.from && (b.to === null || people <= b.to))?.id ?? null,
    zone: (word) => zones.get(plain(word)) ?? null,
    province,
    ward: (word) => {
      const code = word.trim()
      if (/^\d+$/.test(code)) return wardByCode(code.padStart(5, '0')) ? code.padStart(5, '0') : null
      const [name = '', ...where] = word.split(',')
      const named = wards.get(bareWard(name)) ?? []
      if (where.length > 0) {
        const within = province(where.at(-1) ?? '')
        return only(named.filter((w) => w.province === within))
      }
      return only(named.filter((w) => w.province === park.province)) ?? only(named)
    },
  }
}

const plain = (word: string) => fold(word).replace(/\s+/g, ' ').trim()

const bareWard = (name: string) => plain(name).replace(/^(phuong|xa|dac khu|p\.|x\.) ?/, '')

const bareProvince = (name: string) => plain(name).replace(/^(tinh|thanh pho|tp\.?) ?/, '')

const only = (found: readonly { code: string }[]) => (found.length === 1 ? (found[0]?.code ?? null) : null)

/** By id, then names, then synonyms, then short forms: what comes first keeps the word. */
function termIndex(terms: readonly Term[]): Map<string, string> {
  const index = new Map<string, string>()
  const words: ((term: Term) => readonly string[])[] = [
    (t) => [t.id],
    (t) => [t.name.vi, t.name.en],
    (t) => t.synonyms,
    (t) => t.abbreviations,
  ]
  for (const of of words) {
    for (const term of terms) {
      for (const word of of(term)) if (!index.has(plain(word))) index.set(plain(word), term.id)
    }
  }
  return index
}

function nameIndex(entries: readonly { id: string; name: { vi?: string | undefined; en?: string | undefined } }[]) {
  return new Map(
    entries.flatMap(({ id, name }) => [id, name.vi, name.en].flatMap((w) => (w ? [[plain(w), id] as const] : []))),
  )
}

function wardIndex(): Map<string, { code: string; province: string }[]> {
  const index = new Map<string, { code: string; province: string }[]>()
  for (const ward of allProvinces().flatMap((p) => wardsOf(p.code))) {
    const name = bareWard(ward.name)
    index.set(name, [...(index.get(name) ?? []), ward])
  }
  return index
}
