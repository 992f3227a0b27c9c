/** What a firm is judged by. Only what the need states is judged; `words` stands in where no service was understood. */
export const CRITERIA = [
  'service',
  'words',
  'sector',
  'place',
  'budget',
  'delivery',
  'evidence',
  'language',
  'mustHave',
  'refusal',
] as const
export type Criterion = (typeof CRITERIA)[number]

/** `unknown`: the firm has not stated it. Never the same as `unmet`, which is a stated no. */
export const STATUSES = ['met', 'partly', 'unmet', 'unknown'] as const
export type Status = (typeof STATUSES)[number]

/** Why a status was given: `kind` names the sentence, the rest is what it speaks of. */
export type Detail =
  | { criterion: 'service'; kind: 'main' | 'listed' | 'about' | 'mentioned' | 'absent' | 'unstated'; service: string }
  | { criterion: 'words'; kind: 'close' | 'loose' | 'none' }
  | {
      criterion: 'sector'
      kind: 'served' | 'worked' | 'near' | 'other' | 'unstated'
      sector: string
      served: readonly string[]
    }
  | {
      criterion: 'place'
      kind: 'ward' | 'province' | 'remote' | 'elsewhere' | 'noVisits' | 'visits' | 'unstated'
      ward: string | null
    }
  | {
      criterion: 'budget'
      kind: 'within' | 'from' | 'reaches' | 'near' | 'above' | 'unstated'
      from: number | null
      to: number | null
    }
  | {
      criterion: 'delivery'
      kind: 'inTime' | 'tight' | 'late' | 'passed' | 'unstated'
      from: number | null
      to: number | null
    }
  | {
      criterion: 'evidence'
      kind: 'sameTrade' | 'sameWork' | 'otherTrade' | 'otherWork' | 'none'
      /** Places in the firm's list of cases that the sentence speaks of. */
      cases: readonly number[]
    }
  | { criterion: 'language'; kind: 'speaks' | 'other' | 'unstated'; language: string; languages: readonly string[] }
  | { criterion: 'mustHave'; kind: 'said' | 'hinted' | 'inPart' | 'denied' | 'unstated'; must: number }
  | {
      criterion: 'refusal'
      kind: 'said'
      /** The clause by which the firm sets something aside that the need speaks of, verbatim. */
      clause: string
    }

/** How far a firm meets one thing the need states. */
export interface Judgement {
  status: Status
  /** What the status is worth to the score, 0 to 1. */
  value: number
  /** Importance, above 0; the weights of one firm's judgements are comparable. */
  weight: number
  detail: Detail
}
