import {
  askJudged,
  bm25,
  DEPTH,
  DRESSES,
  type JudgedAnswer,
  type JudgedNeed,
} from '../../src/modules/evaluation/index.js'
import type { MeasuredFirm } from './firms.js'
import { type MeilisearchServer, withPlainMeilisearch } from './meilisearch.js'

/** What something answered to the judged needs. */
export interface Run {
  name: string
  answers: readonly JudgedAnswer[]
}

/** What plain searches of the same firms' texts answer to the same needs: BM25 in its dresses, and a Meilisearch server where there is one. */
export async function plainSearches(
  needs: readonly JudgedNeed[],
  firms: readonly MeasuredFirm[],
  meilisearch: MeilisearchServer | null,
): Promise<Run[]> {
  const runs: Run[] = []
  const run = async (name: string, rank: (question: string) => string[] | Promise<string[]>) => {
    const ask = async (text: string) => ({ ranking: await rank(text), nobody: false })
    const answers: JudgedAnswer[] = []
    for await (const answer of askJudged(needs, ask)) answers.push(answer)
    runs.push({ name, answers })
  }
  for (const [name, terms] of Object.entries(DRESSES)) await run(name, bm25(firms, terms))
  if (meilisearch) await withPlainMeilisearch(meilisearch, firms, DEPTH, (ask) => run('Meilisearch', ask))
  return runs
}
