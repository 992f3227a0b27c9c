import { exponentialGain, mean, ndcg, recall } from '../metrics.rules.js'
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
  return Object.fromEntries(
    MEASURES.map((name) => [name, bootstrap(needs, (drawn) => measure(name, drawn.flat()))]),
  ) as Record<Measure, Interval | null>
}

/** How many times as good some answers are by a measure as others to the same needs, with the interval over needs; null where the others are worth nothing. */
export function timesAsGood(
  name: Measure,
  answers: readonly JudgedAnswer[],
  others: readonly JudgedAnswer[],
): TimesAsGood | null {
  const theirs = scoresByNeed(others)
  const pairs = [...scoresByNeed(answers)].map(([need, ours]) => ({ ours, theirs: theirs.get(need) ?? [] }))
  const quotient = (drawn: readonly (typeof pairs)[number][]) => {
    const [own, other] = [drawn.flatMap(({ ours }) => ours), drawn.flatMap(({ theirs }) => theirs)].map((some) =>
      measure(name, some),
    )
    return own != null && other ? own / other : null
  }
  const times = quotient(pairs)
  return times === null ? null : { times, interval: bootstrap(pairs, quotient) }
}

function scoresByNeed(answers: readonly JudgedAnswer[]): Map<string, Score[]> {
  const byNeed = new Map<string, Score[]>()
  for (const answer of answers) byNeed.set(answer.need.id, [...(byNeed.get(answer.need.id) ?? []), scoreOf(answer)])
  return byNeed
}

function measure(name: Measure, scores: readonly Score[]): number | null {
  const right = scores.filter(({ saidNobody, isNobody }) => saidNobody && isNobody).length
  switch (name) {
    case 'ndcg10':
    case 'recall10':
      return meanOf(scores.map((score) => score[name]))
    case 'nobodyPrecision':
      return share(right, scores.filter(({ saidNobody }) => saidNobody).length)
    case 'nobodyRecall':
      return share(right, scores.filter(({ isNobody }) => isNobody).length)
  }
}

function meanOf(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null)
  return there.length === 0 ? null : mean(there)
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** How often each firm stood among the first. */
function exposure(answers: readonly JudgedAnswer[], firms: readonly string[]): number[] {
  const times = new Map(firms.map((firm) => [firm, 0]))
  for (const { ranking } of answers)
    for (const firm of ranking.slice(0, SHOWN)) times.set(firm, (times.get(firm) ?? 0) + 1)
  return [...times.values()]
}
