import type { Criterion, Status } from './judgement.types.js'

/** Everything the ranking weighs by; a version is never changed, a new one is added. */
export interface Weights {
  version: number
  asOf: string
  /** Importance of each criterion that the need states. */
  criteria: Readonly<Record<Criterion, number>>
  /** What a status is worth. Unknown lies between unmet and partly: silence is no answer, and never as bad as a no. */
  value: Readonly<Record<Status, number>>
  /** Share of the text's relevance when the service is sure; it grows to `textAlone` as the understanding gets less sure. */
  text: number
  textAlone: number
  /** What the text of a firm counts for, at most, when it does none of the services that were surely understood. */
  textOfOthers: number
  service: {
    /** A service in the list that is not the firm's first, against its first. */
    beside: number
    /** Of a firm without a list: what its text as a whole is about; and, of any firm, what its text merely names. */
    textIsAbout: number
    mentioned: number
  }
  /** How far above the budget a price may start and still be worth a word: 0.15 is 15%. */
  budgetTolerance: number
  /** From this confidence on a service counts as understood. */
  sure: 0.42
  /**
   * Share of a need's telling words that a text must hold to count as being about it: closely, loosely, and closely where the need
   * rather asks for another trade's work.
   */
  evidence: { close: number; loose: number; otherTrade: number }
}

const WEIGHTS_V1: Weights = {
  version: 1,
  asOf: '2026-11-24',
  criteria: {
    service: 60,
    words: 60,
    sector: 14,
    place: 12,
    budget: 12,
    delivery: 7,
    evidence: 15,
    language: 5,
    mustHave: 8,
  },
  value: { met: 1, partly: 0.65, unknown: 0.45, unmet: 0 },
  text: 0.35,
  textAlone: 0.85,
  textOfOthers: 0.5,
  service: { beside: 0.93, textIsAbout: 0.9, mentioned: 0.65 },
  budgetTolerance: 0.15,
  sure: 0.42,
  evidence: { close: 0.33, loose: 0.2, otherTrade: 0.65 },
}

/** The version in force. */
export const WEIGHTS: Weights = WEIGHTS_V1
