import { askJudged, type ToldAnswer, type ToldNeed, VOICES } from '../../src/modules/evaluation/index.js'
import type { MatcherAnswer } from '../support/measured.js'
import { showProgress } from '../support/progress.js'

/** Asks every need in every voice that it is told in, showing how far it has come, until all are asked or `signal` stops it. */
export async function askAll<N extends ToldNeed>(
  needs: readonly N[],
  ask: (text: string) => Promise<MatcherAnswer>,
  signal: AbortSignal,
): Promise<ToldAnswer<N, MatcherAnswer>[]> {
  const answers: ToldAnswer<N, MatcherAnswer>[] = []
  const tellings = needs.flatMap(({ text }) => VOICES.filter((voice) => text[voice] !== undefined))
  const progress = showProgress('needs', tellings.length)
  for await (const answer of askJudged(needs, ask)) {
    if (signal.aborted) break
    progress.at(answers.push(answer))
  }
  progress.stop()
  return answers
}
