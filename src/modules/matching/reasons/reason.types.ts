import type { LocalText } from '../../../kernel/text.js'
import type { Criterion, Detail, Status } from '../ranking/judgement.types.js'

/** Where in a firm's record a quote stands. */
export type QuoteField = 'evidence' | 'tagline' | 'feature' | 'benefit' | 'description' | 'case'

/** The firm's own words, verbatim, in each language it wrote them in. */
export interface Quote {
  field: QuoteField
  words: LocalText
}

/** Why a firm fits, or does not, in one thing the need states. Language comes in when it is said. */
export interface Reason {
  criterion: Criterion
  status: Status
  weight: number
  detail: Detail
  quote: Quote | null
}
