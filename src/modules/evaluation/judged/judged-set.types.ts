import type { Judgements } from '../metrics.rules.js'

/** The ways in which every need is told: the same wants, in the words of four people. */
export const VOICES = ['accented', 'unaccented', 'chatty', 'english'] as const
export type Voice = (typeof VOICES)[number]

/** One half is looked at while the ranking is worked on; the other only says how good it has become. */
export const HALVES = ['tuning', 'reporting'] as const
export type Half = (typeof HALVES)[number]

/** From this grade on a firm is a good answer. */
export const GOOD = 2

/** A need with what somebody who knows the firms thinks of each as its answer. */
export interface JudgedNeed {
  id: string
  half: Half
  /** Who asks. */
  who: string
  text: Readonly<Record<Voice, string>>
  /** Grades 1 to 3 by the firms' external ids; who is not there has 0. */
  grades: Judgements
  /** What is asked, and what would be wrong. */
  note: string
}

/** Whether anybody is a good answer; where not, "nobody" is the right one. */
export const hasAnswer = ({ grades }: Pick<JudgedNeed, 'grades'>): boolean =>
  [...grades.values()].some((grade) => grade >= GOOD)
