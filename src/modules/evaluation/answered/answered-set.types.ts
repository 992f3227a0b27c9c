import type { ToldNeed } from '../judged/ask-judged.js'

/** The sets, each of which has a file of its name. */
export const ANSWERED_SETS = ['elsewhere', 'short', 'inside'] as const
export type AnsweredSetName = (typeof ANSWERED_SETS)[number]

/** A need of which it is known whether any listed firm answers it, and of some of them who does; the firms are not graded. */
export interface AnsweredNeed extends ToldNeed {
  id: string
  /** Who asks, where that was written down. */
  who?: string | undefined
  /** The services that it belongs to, the main one first; none where it is work for another trade. */
  services: readonly string[]
  /** Whether somebody does it; where not, "nobody" is the right answer. */
  answered: boolean
  /** The external ids of those who do, where that was looked for. */
  firms?: readonly string[] | undefined
  /** What is asked, and what would be wrong. */
  note?: string | undefined
}

export interface AnsweredSet {
  name: AnsweredSetName
  needs: readonly AnsweredNeed[]
}
