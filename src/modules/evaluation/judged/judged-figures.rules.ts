import { exponentialGain, ndcg, recall } from '../metrics.rules.js'
import { bootstrap, gini, type Interval } from '../statistics.rules.js'
import type { JudgedAnswer } from './ask-judged.js'
import { GOOD, hasAnswer } from './judged-set.types.js'

/** How good one answer is. */
export interface Score {
  /** Null where nobody is a good answer: there is no order to get right. */
  ndcg10: number | null
  recall10: number | null
  saidNobody: boolean
  isNobody: boolean
}

/** Shares from 0 to 1; null where there was nothing to take a share of. */
export interface JudgedFigures {
  /** Answers that the figures are made of. */
  answers: number
  /** Mean over needs with a good answer; a grade g is worth 2^g - 1. */
  ndcg10: number | null
  /** The share of the good answers among the first ten, mean over the same needs. */
  recall10: number | null
  /** Of the times that "nobody" was said, those where it is so; and of those where it is so, the times that it was said. */
  nobodyPrecision: number | null
  nobodyRecall: number | null
  /** How unevenly the places among the first five are spread over all firms. */
  gini: number
}

export interface TimesAsGood {
  times: number
  interval: Interval | null
}

export type Measure = Exclude<keyof JudgedFigures, 'answers' | 'gini'>
export const MEASURES = ['ndcg10', 'recall10', 'nobodyPrecision', 'nobodyRecall'] as const satisfies readonly Measure[]

const DEPTH = 10
/** Who stands below has hardly been shown. */
const SHOWN = 5

export function scoreOf({ need, ranking, nobody }: JudgedAnswer): Score {
  const answered = hasAnswer(need)
  return {
    ndcg10: answered ? ndcg(ranking, need.grades, DEPTH, exponentialGain) : null,
    recall10: answered ? recall(ranking, need.grades, DEPTH, (grade) => grade >= GOOD) : null,
    saidNobody: nobody,
    isNobody: !answered,
  }
}

/** The figures of any answers; `firms` are the ids of all that could have been shown. */
export function judgedFigures(answers: readonly JudgedAnswer[], firms: readonly string[]): JudgedFigures {
  const scores = answers.map(scoreOf)
  return {
    answers: answers.length,
    ...(Object.fromEntries(MEASURES.map((name) => [name, measure(name, scores)])) as Record<Measure, number | null>),
    gini: gini(exposure(answers, firms)),
  }
}

/** 95% intervals over the needs: one is drawn with all that was answered to it, since its voices are not independent. */
export function intervals(answers: readonly JudgedAnswer[]): Record<Measure, Interval | null> {
  const needs = [...scoresByNeed(answers).values()]
  const around = (name: Measure) =>
    bootstrap(
      needs.map((scores) => shareOf(name, scores)),
      together,
    )
  return Object.fromEntries(MEASURES.map((name) => [name, around(name)])) as Record<Measure, Interval | null>
}

/** How many times as good some answers are by a measure as others to the same needs, with the interval over needs; null where the others are worth nothing. */
export function timesAsGood(
  name: Measure,
  answers: readonly JudgedAnswer[],
  others: readonly JudgedAnswer[],
): TimesAsGood | null {
  const theirs = scoresByNeed(others)
  const pairs = [...scoresByNeed(answers)].map(([need, ours]) => ({
    own: shareOf(name, ours),
    other: shareOf(name, theirs.get(need) ?? []),
  }))
  const quotient = (drawn: typeof pairs) => {
    const own = together(drawn.map((pair) => pair.own))
    const other = together(drawn.map((pair) => pair.other))
    return own !== null && other ? own / other : null
  }
  const times = quotient(pairs)
  return times === null ? null : { times, interval: bootstrap(pairs, quotient) }
}

function scoresByNeed(answers: readonly JudgedAnswer[]): Map<string, Score[]> {
  const byNeed = new Map<string, Score[]>()
  for (const answer of answers) byNeed.set(answer.need.id, [...(byNeed.get(answer.need.id) ?? []), scoreOf(answer)])
  return byNeed
}

const measure = (name: Measure, scores: readonly Score[]) => together([shareOf(name, scores)])

/** Every measure is a share: so much of so many. Kept apart, the shares of several needs can be put together. */
interface Share {
  part: number
  whole: number
}

function shareOf(name: Measure, scores: readonly Score[]): Share {
  const right = scores.filter(({ saidNobody, isNobody }) => saidNobody && isNobody).length
  switch (name) {
    case 'ndcg10':
    case 'recall10': {
      const values = scores.map((score) => score[name]).filter((value) => value !== null)
      return { part: sumOf(values), whole: values.length }
    }
    case 'nobodyPrecision':
      return { part: right, whole: scores.filter(({ saidNobody }) => saidNobody).length }
    case 'nobodyRecall':
      return { part: right, whole: scores.filter(({ isNobody }) => isNobody).length }
  }
}

function together(shares: readonly Share[]): number | null {
  const whole = sumOf(shares.map((share) => share.whole))
  return whole === 0 ? null : sumOf(shares.map(({ part }) => part)) / whole
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** How often each firm stood among the first. */
function exposure(answers: readonly JudgedAnswer[], firms: readonly string[]): number[] {
  const times = new Map(firms.map((firm) => [firm, 0]))
  for (const { ranking } of answers)
    for (const firm of ranking.slice(0, SHOWN)) times.set(firm, (times.get(firm) ?? 0) + 1)
  return [...times.values()]
}
