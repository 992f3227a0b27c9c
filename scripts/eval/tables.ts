import {
  HALVES,
  type Half,
  type Interval,
  intervals,
  type JudgedAnswer,
  judgedFigures,
  MEASURES,
  type Measure,
  timesAsGood,
  VOICES,
} from '../../src/modules/evaluation/index.js'
import type { Run } from './engines.js'

/** Rows of cells, the first being the heads. */
export type Table = string[][]

const HEADS: Record<Measure, string> = {
  ndcg10: 'nDCG@10',
  recall10: 'Recall@10',
  nobodyPrecision: 'nobody precision',
  nobodyRecall: 'nobody recall',
}

export const ofHalf = <A extends JudgedAnswer>(half: Half, answers: readonly A[]): A[] =>
  answers.filter(({ need }) => need.half === half)

/** Each measure over all voices with its interval, and by voice where wanted. */
export function figuresTable(answers: readonly JudgedAnswer[], firms: readonly string[], byVoice: boolean): Table {
  const row = (name: string, some: readonly JudgedAnswer[]) => {
    const figures = judgedFigures(some, firms)
    const around = intervals(some)
    return [name, ...MEASURES.map((m) => `${share(figures[m])} ${between(around[m])}`), share(figures.gini)]
  }
  return [
    ['', ...MEASURES.map((m) => HEADS[m]), 'Gini of exposure'],
    ...(byVoice ? VOICES.map((voice) => row(voice, ofVoice(voice, answers))) : []),
    row('all voices', answers),
  ]
}

/** The matcher beside plain searches: nDCG@10 by voice where wanted, and how many times as good it is over all voices, with intervals. */
export function besideTable(matcher: Run, others: readonly Run[], byVoice: boolean): Table {
  const voices = byVoice ? VOICES : []
  const row = ({ name, answers }: Run) => {
    const { ndcg10, recall10 } = judgedFigures(answers, [])
    const single = voices.map((voice) => share(judgedFigures(ofVoice(voice, answers), []).ndcg10))
    return [name, ...single, share(ndcg10), share(recall10)]
  }
  const beside = (other: Run) => [
    ...row(other),
    ...(['ndcg10', 'recall10'] as const).map((measure) => times(timesAsGood(measure, matcher.answers, other.answers))),
  ]
  return [
    ['', ...voices, 'nDCG@10', 'Recall@10', 'times in nDCG@10', 'times in Recall@10'],
    row(matcher),
    ...others.map(beside),
  ]
}

/** How much of nDCG@10 is left when the accents are. */
export function withoutAccents(answers: readonly JudgedAnswer[]): string {
  const [accented, unaccented] = (['accented', 'unaccented'] as const).map(
    (voice) => judgedFigures(ofVoice(voice, answers), []).ndcg10,
  )
  return `unaccented / accented: ${accented && unaccented ? share(unaccented / accented) : '-'} of nDCG@10`
}

/** The matcher, and with each of its parts switched off: the tuning half in full, of the other the order alone. */
export function ablationTable(matcher: Run, without: readonly Run[]): Table {
  const order = (half: Half, { answers }: Run) => judgedFigures(ofHalf(half, answers), []).ndcg10
  const row = (run: Run) => {
    const tuning = judgedFigures(ofHalf('tuning', run.answers), [])
    const changes = HALVES.map((half) => change(order(half, run), order(half, matcher)))
    return [
      run.name,
      ...MEASURES.map((m) => share(tuning[m])),
      changes[0] ?? '',
      share(order('reporting', run)),
      changes[1] ?? '',
    ]
  }
  return [
    ['without', ...MEASURES.map((m) => HEADS[m]), 'change of nDCG@10', 'reporting: nDCG@10', 'change'],
    row({ ...matcher, name: '(nothing)' }),
    ...without.map(row),
  ]
}

/** By how much a figure differs from another, with its sign. */
export function change(value: number | null, from: number | null): string {
  if (value === null || from === null) return '-'
  const difference = Number((value - from).toFixed(3))
  return `${difference > 0 ? '+' : ''}${(difference || 0).toFixed(3)}`
}

export const share = (value: number | null): string => (value === null ? '-' : value.toFixed(3))

const ofVoice = (voice: string, answers: readonly JudgedAnswer[]) => answers.filter((one) => one.voice === voice)

const between = (interval: Interval | null) => (interval ? `[${share(interval.low)} ${share(interval.high)}]` : '')

const times = (found: ReturnType<typeof timesAsGood>) =>
  found ? `${found.times.toFixed(2)} ${between(found.interval)}` : '-'
