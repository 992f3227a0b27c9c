import {
  type AnsweredAnswer,
  type AnsweredFigures,
  type AnsweredSet,
  type AnsweredSetName,
  answeredFigures,
} from '../../src/modules/evaluation/index.js'
import type { MatcherAnswer } from '../support/measured.js'
import { askAll } from './ask-all.js'
import type { Section } from './report.js'
import { share } from './tables.js'

/** What the matcher answered to a set of needs that are answered or not. */
export interface AnsweredRun {
  name: AnsweredSetName
  answers: readonly AnsweredAnswer[]
}

export async function askAnswered(
  sets: readonly AnsweredSet[],
  ask: (text: string) => Promise<MatcherAnswer>,
  signal: AbortSignal,
): Promise<AnsweredRun[]> {
  const runs: AnsweredRun[] = []
  for (const { name, needs } of sets) runs.push({ name, answers: await askAll(needs, ask, signal) })
  return runs
}

/** One line for each set: how often "nobody" was said where it is so and where it is not, and where those stand who do it. */
export const answeredSection = (runs: readonly AnsweredRun[]): Section => ({
  title: 'whether anybody does it, on needs that were looked at while constants were set',
  note: 'All voices. Firm first and in three: of the needs whose firms are known, the tellings that have one of them there.',
  tables: [
    [
      ['', 'needs', 'tellings', 'nobody recall', 'nobody false', 'firm first', 'firm in three'],
      ...runs.map(({ name, answers }) => row(name, answeredFigures(answers))),
    ],
  ],
})

export const answeredJson = (runs: readonly AnsweredRun[]) =>
  Object.fromEntries(runs.map(({ name, answers }) => [name, answeredFigures(answers)]))

const row = (name: string, { needs, tellings, ...shares }: AnsweredFigures) => [
  name,
  String(needs),
  String(tellings),
  ...[shares.nobodyRecall, shares.nobodyFalse, shares.first, shares.firstThree].map(share),
]
