import {
  type Interval,
  intervals,
  type JudgedAnswer,
  judgedFigures,
  MEASURES,
  type Measure,
  VOICES,
} from '../../src/modules/evaluation/index.js'
import { table } from '../bench/figures.js'

const HEADS: Record<Measure, string> = {
  ndcg10: 'nDCG@10',
  recall10: 'Recall@10',
  nobodyPrecision: 'nobody precision',
  nobodyRecall: 'nobody recall',
}

/** The figures of a half: over all voices with intervals, and by voice where wanted. */
export function figuresTable(answers: readonly JudgedAnswer[], firms: readonly string[], byVoice: boolean): string {
  const row = (name: string, some: readonly JudgedAnswer[]) => {
    const figures = judgedFigures(some, firms)
    const around = intervals(some)
    return [name, ...MEASURES.map((m) => `${share(figures[m])} ${between(around[m])}`), share(figures.gini)]
  }
  const ofVoice = (voice: string) => answers.filter((one) => one.voice === voice)
  const rows = [
    ['', ...MEASURES.map((m) => HEADS[m]), 'Gini of exposure'],
    ...(byVoice ? VOICES.map((voice) => row(voice, ofVoice(voice))) : []),
    row('all voices', answers),
  ]
  const [accented, unaccented] = (['accented', 'unaccented'] as const).map(
    (voice) => judgedFigures(ofVoice(voice), firms).ndcg10,
  )
  return `${table(rows)}\nunaccented / accented: ${ratio(unaccented, accented)} of nDCG@10`
}

export const share = (value: number | null): string => (value === null ? '-' : value.toFixed(3))

const between = (interval: Interval | null) => (interval ? `[${share(interval.low)} ${share(interval.high)}]` : '')

export const ratio = (value: number | null | undefined, of: number | null | undefined): string =>
  value && of ? (value / of).toFixed(3) : '-'
