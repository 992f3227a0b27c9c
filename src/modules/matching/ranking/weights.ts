import type { Criterion, Status } from './judgement.types.js'

/** Everything the ranking weighs by. What the product comes with stands in `data/weights.json`. */
export interface Weights {
  /** Importance of each criterion that the need states. */
  criteria: Readonly<Record<Criterion, number>>
  /** What a status is worth. Unknown lies between unmet and partly: silence is no answer, and never as bad as a no. */
  value: Readonly<Record<Status, number>>
  /** Share of the text's relevance when the service is sure; it grows to `textAlone` as the understanding gets less sure. */
  text: number
  textAlone: number
  /** What the text of a firm counts for, at most, when it does none of the services that were surely understood. */
  textOfOthers: number
  /** How much of a text's nearness is told by where it and the firm stand in the field, when that is clear; the rest by words shared. */
  field: number
  /**
   * How much the kind of work within a wanted service counts beside the words: with 0.5, half as much as all that words and the field tell.
   * Only where the need says which kind.
   */
  speciality: number
  /** How much of what words and the field leave open nearness in meaning may add, where an outside endpoint tells it. */
  meaning: number
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
  sure: number
  /**
   * Share of a need's telling words that a text must hold to count as being about it: closely, loosely, and closely where the need
   * rather asks for another trade's work.
   */
  evidence: { close: number; loose: number; otherTrade: number }
  /** How much less of the score lets a firm pass another: of near-ties that take turns, and to make the first ones differ. */
  spread: { nearTie: number; variety: number }
  /**
   * How much of the score a need gives up that has firms enough: about what separates the main work from work that a text merely
   * mentions, so that it stands behind those that fit a firm as well, and before those that hardly fit.
   */
  stepBack: number
  /** The last of the first places, for a firm that is new here. */
  newcomer: {
    /** Days after its first publication that a firm is new; with 0 none is. */
    days: number
    /** The place down to which one is looked for. */
    reach: number
    /** How much less of the score than the firm that it takes the place of. */
    within: number
  }
}

/** One version of a park's weights; a version is never changed, a new one is added. */
export interface WeightsVersion extends Weights {
  /** From 1; the highest is in force. */
  version: number
  /** When it came into force. */
  since: Date
}
