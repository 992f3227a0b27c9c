import type { Answer } from '../evaluation.types.js'
import { type JudgedNeed, VOICES, type Voice } from './judged-set.types.js'

/** What was answered to a judged need told in one voice. */
export type JudgedAnswer<A extends Answer = Answer> = A & { need: JudgedNeed; voice: Voice }

/** Asks each need in each voice, in their order. */
export async function* askJudged<A extends Answer>(
  needs: readonly JudgedNeed[],
  ask: (text: string) => Promise<A>,
): AsyncIterable<JudgedAnswer<A>> {
  for (const need of needs) for (const voice of VOICES) yield { ...(await ask(need.text[voice])), need, voice }
}
