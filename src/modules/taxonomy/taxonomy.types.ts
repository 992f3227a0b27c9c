/** What all entries of the taxonomy share: how it is called and how people type it. */
export interface Term {
  /** Stable kebab-case English noun, e.g. `accounting`; never reused for something else. */
  id: string
  name: { vi: string; en: string }
  /** Other names, both languages, with accents where they have them. */
  synonyms: string[]
  /** Short forms as typed: `hddt`, `pmkt`. */
  abbreviations: string[]
  /** How an owner describes the pain, in his own words, with accents: `cuối tháng chấm công hay sai`. */
  cues: string[]
}

export interface Service extends Term {
  group: string
  /** One sentence for somebody who does not know the product's name. */
  summary: { vi: string; en: string }
}

export interface ServiceGroup {
  id: string
  name: { vi: string; en: string }
}

export interface Sector extends Term {}

/** A size band by number of people, open at the top when `to` is null. */
export interface SizeBand {
  id: string
  name: { vi: string; en: string }
  from: number
  to: number | null
}

export const TERM_KINDS = ['service', 'sector'] as const
/** The kinds of entries that records carry and that have words. */
export type TermKind = (typeof TERM_KINDS)[number]

/** A service or sector that is no longer offered. Its id is kept for ever, so that it never comes to mean something else. */
export interface RetiredTerm {
  kind: TermKind
  id: string
  name: { vi: string; en: string }
  /** The entry that stands for it now; null when nothing carried it. Never retired itself. */
  successor: string | null
}

/** One version of the whole taxonomy; versions are kept, never changed. */
export interface Taxonomy {
  version: number
  groups: ServiceGroup[]
  services: Service[]
  sectors: Sector[]
  sizeBands: SizeBand[]
  /** Short forms that are no service or sector (`dn`, `ko`): written out before anything is read. */
  abbreviations: Record<string, string>
  /** Missing before the first entry was retired. */
  retired?: RetiredTerm[]
}
