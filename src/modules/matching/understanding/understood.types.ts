import type { Lang } from '../../../kernel/text.js'
import type { Span } from '../../../platform/search/index.js'
import type { Budget } from './budget.rules.js'
import type { Deadline } from './deadline.rules.js'
import type { FieldVector } from './field-vector.rules.js'

/** Whether the text says it, a form's field gave it, or the reader added it by hand. */
export type Source = 'text' | 'given' | 'added'

/** A service or sector that the need is about. */
export interface UnderstoodTerm {
  /** Id in the taxonomy, without its kind. */
  id: string
  /** Confidence, above 0 to 1. */
  weight: number
  spans: readonly Span[]
  source: Source
}

/** Where a need stands in the field, whether or not a service is sure. */
export interface StandingInField {
  vector: FieldVector
  /** 0 to 1: how much there is to go by. */
  clear: number
}

/** Something that the asker will not do without. */
export interface MustHave {
  /** His own words. */
  text: string
  span?: Span
}

/**
 * Whether a text is nearer to work that no technology firm does (a lawyer's, a bank's) than to any service; `plainly`: so much nearer
 * that words which it shares with a firm say nothing.
 */
export type OtherTrade = 'no' | 'perhaps' | 'plainly'

/** What was understood of a need; every finding can be taken away again. */
export interface Understood {
  /** The language it is mostly written in. */
  language: Lang
  /** By descending weight. */
  services: readonly UnderstoodTerm[]
  sectors: readonly UnderstoodTerm[]
  /** Services that the text's words are near to without being sure of any, nearest first; to be offered, not taken for granted. */
  hunches: readonly string[]
  field: StandingInField
  /** Which kinds of work it asks for within each service, whether or not the service is wanted; ids are `service/speciality`. */
  specialities: FieldVector
  otherTrade: OtherTrade
  /** Ids of services it says it does not want. */
  negated: readonly string[]
  budget?: Budget
  ward?: { code: string; span?: Span }
  /** True: somebody has to come; false: remote will do. */
  onSite?: { value: boolean; span?: Span }
  deadline?: Deadline
  mustHaves: readonly MustHave[]
  /** What it works with today. */
  tools: readonly string[]
  /** The words that count for relevance, everything else blanked out; offsets are those of the original. */
  words: string
}

/** What a form or a stored need says beside its text; it goes before what the text says. */
export interface Given {
  services?: readonly string[] | undefined
  sector?: string | undefined
  budget?: { min?: number | undefined; max?: number | undefined } | undefined
  ward?: string | undefined
  deadline?: string | undefined
  onSite?: boolean | undefined
  mustHaves?: readonly string[] | undefined
  tools?: readonly string[] | undefined
}
