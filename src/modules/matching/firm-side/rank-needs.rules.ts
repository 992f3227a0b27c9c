import { does, sureServices } from '../ranking/doers.rules.js'
import type { FirmFacts } from '../ranking/firm-facts.rules.js'
import { breaksMust, type JudgeContext, judge } from '../ranking/judge.rules.js'
import type { Judgement } from '../ranking/judgement.types.js'
import type { Draw } from '../ranking/spread/draw.rules.js'
import { shareNearTies } from '../ranking/spread/near-ties.rules.js'
import { closeShare, isAbout, sharedEvidence, tellingTerms } from '../ranking/text-evidence.rules.js'
import type { Weights } from '../ranking/weights.js'
import type { KnownNeed } from './need-document.rules.js'

/** An open need that the search port proposes for a firm. */
export interface NeedCandidate {
  need: KnownNeed
  /** > 0, comparable within one answer. */
  relevance: number
  /** Words of the firm that the need holds. */
  terms: readonly string[]
  /** Firms that it has been brought together with already. */
  accepted: number
}

/** The firm that needs are ranked for. */
export interface RankedFor {
  facts: FirmFacts
  /** The telling words of all its text. */
  telling: ReadonlySet<string>
  /** By which near-ties take turns. */
  draw: Draw
}

/** A need in its place. */
export interface RankedNeed {
  id: string
  /** 0 to 1; comparable within one answer. */
  score: number
  /** Whether the firm does what it asks for; the others are merely near. */
  does: boolean
  judgements: readonly Judgement[]
  terms: readonly string[]
  /** Whether it has as many firms as it wants; `accepted` says how many. */
  answered: boolean
  accepted: number
}

/** Firms that are enough for a need whose owner wants more: others go unanswered meanwhile. */
const ENOUGH = 3

/**
 * Ranks needs for a firm by the judgements that rank firms for a need. Needs state different things, so each is weighed against all
 * that a need can state, what it leaves open being worth as much as what a firm leaves open. Those whose work the firm does come
 * before those that are merely near; a must that the firm's record says no to puts a need after all others; one with firms enough
 * steps back; near-ties take turns, so that no need is the first that all firms see.
 */
export function rankForFirm(
  firm: RankedFor,
  candidates: readonly NeedCandidate[],
  context: JudgeContext,
): RankedNeed[] {
  const best = Math.max(...candidates.map(({ relevance }) => relevance), Number.MIN_VALUE)
  const { weights } = context
  const order = candidates
    .map(({ need, relevance, terms, accepted }) => {
      const { understood } = need
      const judged = judge(understood, firm.facts, context)
      const speaks = sureServices(understood, weights).size === 0 && speaksOf(firm, need, weights)
      const judgements = understood.services.length > 0 ? judged : [judgeText(speaks, weights), ...judged]
      const answered = accepted >= Math.min(ENOUGH, need.wantsAtMost)
      const fit = weights.text * (relevance / best) + (1 - weights.text) * fitOf(judgements, weights)
      return {
        ...{ id: need.id, judgements, terms, accepted, answered },
        score: answered ? Math.max(0, fit - weights.stepBack) : fit,
        does: speaks || does({ judgements }, sureServices(understood, weights)),
        gated: breaksMust(judged),
      }
    })
    .sort(
      (a, b) =>
        Number(a.gated) - Number(b.gated) ||
        Number(b.does) - Number(a.does) ||
        b.score - a.score ||
        (a.id < b.id ? -1 : 1),
    )
    .map((one) => ({ ...one, standing: one.score }))
  const taken = shareNearTies(order, weights.spread.nearTie, { kindOf, nameOf: ({ id }) => id, draw: firm.draw })
  return taken.map(({ gated: _, standing: __, ...ranked }) => ranked)
}

/** Needs that state the same things, which the firm meets as far. A must that it breaks shows among them. */
const kindOf = ({ does, answered, judgements }: Omit<RankedNeed, 'id'>): string =>
  [does, answered, ...judgements.map(({ detail, status }) => `${detail.criterion} ${status}`)].join()

/** Not among what a need can state: its words are judged where no service was understood, and a refusal is only found. */
const BESIDE = new Set(['words', 'refusal'])

/** What the judgements are worth together, 0 to 1, against all criteria there are. */
function fitOf(judgements: readonly Judgement[], { criteria, value }: Weights): number {
  const whole = Object.entries(criteria).reduce((sum, [name, weight]) => (BESIDE.has(name) ? sum : sum + weight), 0)
  const gained = judgements.reduce((sum, one) => sum + one.weight * (one.value - value.unknown), 0)
  return Math.min(1, Math.max(0, value.unknown + gained / whole))
}

/** Of a need whose work was not understood: whether the firm's text is about the same. */
function judgeText(speaks: boolean, { criteria, value }: Weights): Judgement {
  const worth = speaks ? value.partly : value.unknown
  return { status: 'unknown', value: worth, weight: criteria.words, detail: { criterion: 'words', kind: 'none' } }
}

const speaksOf = ({ telling }: RankedFor, { understood }: KnownNeed, weights: Weights): boolean =>
  isAbout(sharedEvidence(tellingTerms(understood.words), telling), closeShare(understood, weights))
