import type { ToldAnswer } from '../judged/ask-judged.js'
import type { AnsweredNeed } from './answered-set.types.js'

export type AnsweredAnswer = ToldAnswer<AnsweredNeed>

/** Shares from 0 to 1 of the times that needs were told; null where there was nothing to take a share of. */
export interface AnsweredFigures {
  needs: number
  tellings: number
  /** Of the tellings that nobody answers, those to which "nobody" was said. */
  nobodyRecall: number | null
  /** Of the tellings that somebody answers, those to which it was said all the same. */
  nobodyFalse: number | null
  /** Of the tellings whose firms are known, those where one of them stands first, and among the first three. */
  first: number | null
  firstThree: number | null
}

export function answeredFigures(answers: readonly AnsweredAnswer[]): AnsweredFigures {
  const said = (some: readonly AnsweredAnswer[]) => shareOf(some, ({ nobody }) => nobody)
  const placed = answers.filter(({ need }) => need.firms !== undefined)
  const among = (depth: number) =>
    shareOf(placed, ({ need, ranking }) => ranking.slice(0, depth).some((firm) => need.firms?.includes(firm)))
  return {
    needs: new Set(answers.map(({ need }) => need.id)).size,
    tellings: answers.length,
    nobodyRecall: said(answers.filter(({ need }) => !need.answered)),
    nobodyFalse: said(answers.filter(({ need }) => need.answered)),
    first: among(1),
    firstThree: among(3),
  }
}

const shareOf = <T>(all: readonly T[], counts: (one: T) => boolean): number | null =>
  all.length === 0 ? null : all.filter(counts).length / all.length
