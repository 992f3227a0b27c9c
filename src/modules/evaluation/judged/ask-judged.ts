import type { Answer } from '../evaluation.types.js'
import { type JudgedNeed, VOICES, type Voice } from './judged-set.types.js'

/** A need as told in some of the voices or in all. */
export interface ToldNeed {
  text: Readonly<Partial<Record<Voice, string>>>
}

/** What was answered to a need told in one voice. */
export type ToldAnswer<N extends ToldNeed, A extends Answer = Answer> = A & { need: N; voice: Voice }
export type JudgedAnswer<A extends Answer = Answer> = ToldAnswer<JudgedNeed, A>

/** Asks each need in each voice that it is told in, in their order. */
export async function* askJudged<N extends ToldNeed, A extends Answer>(
  needs: readonly N[],
  ask: (text: string) => Promise<A>,
): AsyncIterable<ToldAnswer<N, A>> {
  for (const need of needs)
    for (const voice of VOICES) {
      const text = need.text[voice]
      if (text !== undefined) yield { ...(await ask(text)), need, voice }
    }
}
