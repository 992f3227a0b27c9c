import type { Scored } from '../../../platform/search/index.js'
import { fieldNearness } from '../understanding/field-vector.rules.js'
import type { Understood } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import { breaksMust, type JudgeContext, judge } from './judge.rules.js'
import type { Judgement } from './judgement.types.js'
import { specialitiesAsked, withSpeciality } from './speciality-fit.rules.js'
import type { Weights } from './weights.js'

/** A firm that the search port proposes, with what it states. */
export interface Candidate {
  scored: Scored
  facts: FirmFacts
  /** By the vectors of an outside endpoint, 0 to 1; 0 where there is none. */
  nearInMeaning?: number
}

/** A firm in its place. */
export interface Ranked {
  id: string
  /** 0 to 1; comparable within one answer. */
  score: number
  judgements: readonly Judgement[]
  /** Words of the need that its text holds, by descending contribution; where quotes come from. */
  terms: readonly string[]
}

/**
 * Ranks candidates for a need. The score joins two bounded parts: the judged criteria, each worth its status and weighing what
 * the weights say, and the text's relevance, as a share of the best candidate's. How much the text counts grows as the
 * understanding gets less sure; that of a firm which does none of the wanted services counts for less. A firm whose record says no to a declared must comes after all that do not; ties go by id.
 */
export function rank(need: Understood, candidates: readonly Candidate[], context: JudgeContext): Ranked[] {
  const relevanceOf = textRelevance(need, candidates, context.weights)
  const sureness = surenessOf(need)
  const asked = specialitiesAsked(need)
  const share = textShare(sureness, context.weights)
  return candidates
    .map(({ scored, facts, nearInMeaning = 0 }) => {
      const told = withSpeciality(relevanceOf(scored, facts), asked, facts, context.weights)
      const relevance = told + context.weights.meaning * nearInMeaning * (1 - told)
      const judged = judge(need, facts, context)
      const judgements = need.services.length > 0 ? judged : [judgeWords(relevance, context.weights), ...judged]
      const heard = doesNone(judged) ? 1 - sureness * (1 - context.weights.textOfOthers) : 1
      const score = share * relevance * heard + (1 - share) * criteriaScore(judgements)
      return { id: scored.id, score, judgements, terms: scored.terms, gated: breaksMust(judged) }
    })
    .sort((a, b) => Number(a.gated) - Number(b.gated) || b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ gated: _, ...ranked }) => ranked)
}

/**
 * How near a firm is to a need's text, 0 to 1: by the words both share, as a share of the best candidate's, and by where both stand in
 * the field, the more the clearer it is where the need stands. A firm that does not write in the need's language shares no words with it
 * whatever it does: there the words count as those of others do.
 */
function textRelevance({ language, field }: Understood, candidates: readonly Candidate[], weights: Weights) {
  const best = Math.max(...candidates.map(({ scored }) => scored.score), Number.MIN_VALUE)
  const writes = ({ written }: FirmFacts) => written.length === 0 || written.includes(language)
  const read = candidates.filter(({ facts }) => writes(facts)).map(({ scored }) => scored.score / best)
  const usual = read.reduce((sum, one) => sum + one, 0) / Math.max(1, read.length)
  const share = weights.field * field.clear
  return (scored: Scored, facts: FirmFacts): number => {
    const shared = writes(facts) ? scored.score / best : Math.max(usual, scored.score / best)
    return (1 - share) * shared + share * fieldNearness(field.vector, facts.field)
  }
}

/** Of the surest service, 0 to 1. */
const surenessOf = ({ services }: Understood): number => Math.max(0, ...services.map(({ weight }) => weight))

/** The share of the text's relevance in the score: by the surest service, or nearly all where none was understood. */
function textShare(sureness: number, { text, textAlone }: Weights): number {
  return textAlone - (textAlone - text) * sureness
}

/** Whether services were judged and the firm's own list has none of them. */
const doesNone = (judgements: readonly Judgement[]): boolean => {
  const judged = judgements.filter(({ detail }) => detail.criterion === 'service')
  return judged.length > 0 && judged.every(({ status }) => status === 'unmet')
}

/** What the judged criteria are worth together, 0 to 1; half where the need states nothing. */
export function criteriaScore(judgements: readonly Judgement[]): number {
  const total = judgements.reduce((sum, { weight }) => sum + weight, 0)
  return total === 0 ? 0.5 : judgements.reduce((sum, { weight, value }) => sum + weight * value, 0) / total
}

/**
 * Stands in for the services where none was understood. Its worth is the text's relevance; whether the text is about the same
 * thing is looked up when the firm is shown.
 */
function judgeWords(relevance: number, { criteria }: Weights): Judgement {
  return { status: 'unknown', value: relevance, weight: criteria.words, detail: { criterion: 'words', kind: 'none' } }
}
