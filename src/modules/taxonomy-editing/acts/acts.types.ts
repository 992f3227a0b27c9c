import type { Service, ServiceGroup, Taxonomy, Term, TermKind } from '../../taxonomy/index.js'

/** The lists of words that an entry has. */
export const WORD_LISTS = ['synonyms', 'abbreviations', 'cues'] as const
export type WordList = (typeof WORD_LISTS)[number]

/** A service or a sector; what only services have is missing from a sector. */
export type Entry = Term & Partial<Pick<Service, 'group' | 'summary'>>

/** Something done to the taxonomy. It says what was typed, not what comes of it, so that it can follow what others did meanwhile. */
export type Act =
  | { act: 'add'; kind: TermKind; entry: Entry }
  /** Rename, move, other words: the entry as it was read and as it was sent. */
  | { act: 'change'; kind: TermKind; from: Entry; to: Entry }
  /** One word more. `miss`: the key of the search that found nothing. */
  | { act: 'word'; kind: TermKind; id: string; list: WordList; word: string; miss: string | null }
  /** Its words go to the other, and so do all that carry it. */
  | { act: 'merge'; kind: TermKind; id: string; successor: string }
  /** Its words are no longer known; what carries it goes to the successor. */
  | { act: 'retire'; kind: TermKind; id: string; successor: string | null }
  | { act: 'lists'; from: Lists; to: Lists }
  /** All of a version that was in force once. `taxonomy`: what it says. */
  | { act: 'restore'; version: number; taxonomy: Taxonomy }

/** What the taxonomy holds beside its entries. */
export interface Lists {
  groups: ServiceGroup[]
  abbreviations: Record<string, string>
}

/** Why an act is not done. */
export type Refusal =
  /** What it is about is there no more, or there already. */
  'gone' | 'idTaken' | 'groupInUse' | 'successorWanted' | 'nothingChanges'

export type Applied = { ok: true; taxonomy: Taxonomy } | { ok: false; reason: Refusal }
