import { type ImportDeps, type ImportRequest, importMeasured, type ReadRow } from '../importing/index.js'
import {
  type Answer,
  type Figures,
  type Ranked,
  type RetrievalSet,
  type SetQuery,
  UnreadableSet,
} from './evaluation.types.js'
import { type Judgements, mean, ndcg, percentile, recall, reciprocalRank } from './metrics.rules.js'

/** Rankings are asked for, and written, this deep. */
export const DEPTH = 100

export type SetDestination = ImportDeps & Pick<ImportRequest, 'park' | 'taxonomy' | 'signal'>

/**
 * Enters a set's documents as firms, by the importer: the title, or the id where there is none, as the name and the text as
 * the description, both whole. Returns how many.
 * @throws {UnreadableSet} when a document cannot be a firm.
 */
export async function enterSet(
  destination: SetDestination,
  set: RetrievalSet,
  onProgress: (documents: number) => void,
): Promise<number> {
  const { park, taxonomy, signal, ...deps } = destination
  const { added } = await importMeasured(deps, {
    ...{ park, taxonomy, rows: firms(set), mappings: [], source: 'evaluation', dryRun: false, onProgress },
    ...(signal && { signal }),
    onProblem: ({ line, field, code }) => {
      throw new UnreadableSet(`document ${line} of the corpus cannot be a firm: ${field} ${code}`)
    },
  })
  return added
}

async function* firms(set: RetrievalSet): AsyncIterable<ReadRow> {
  let line = 0
  for await (const { id, title, text } of set.documents()) {
    line++
    const name = title.trim() || id
    const description = text.trim() || name
    yield { ok: true, row: { line, values: new Map(Object.entries({ externalId: id, name, description })) } }
  }
}

/** Asks each query in turn and takes the time of each answer. Stops between two of them when told to. */
export async function* rankAll(
  queries: readonly SetQuery[],
  ask: (text: string) => Promise<Answer>,
  now: () => number,
): AsyncIterable<Ranked> {
  for (const { id, text } of queries) {
    const start = now()
    const { ranking, nobody } = await ask(text)
    yield { query: id, ranking: ranking.slice(0, DEPTH), nobody, ms: now() - start }
  }
}

/** What the rankings are worth by the set's judgements. */
export function figuresOf(ranked: readonly Ranked[], judgements: ReadonlyMap<string, Judgements>): Figures {
  const judged = ranked.flatMap(({ query, ranking }) => {
    const grades = judgements.get(query)
    return grades && [...grades.values()].some((grade) => grade > 0) ? [{ ranking, grades }] : []
  })
  const average = (metric: (ranking: readonly string[], grades: Judgements, k: number) => number, k: number) =>
    mean(judged.map(({ ranking, grades }) => metric(ranking, grades, k)))
  const times = ranked.map(({ ms }) => ms)
  return {
    queries: ranked.length,
    judged: judged.length,
    ndcg10: average(ndcg, 10),
    mrr10: average(reciprocalRank, 10),
    recall10: average(recall, 10),
    recall100: average(recall, 100),
    p50ms: percentile(times, 0.5),
    p95ms: percentile(times, 0.95),
    nobody: ranked.filter(({ nobody }) => nobody).map(({ query }) => query),
  }
}

/** One query's lines of a TREC run: `query Q0 document rank score tag`. */
export function runLines({ query, ranking }: Ranked, tag: string): string {
  // Readers of runs order by score alone, and scores of the product may tie: one over the rank keeps the order.
  return ranking.map((id, i) => `${query} Q0 ${id} ${i + 1} ${(1 / (i + 1)).toFixed(6)} ${tag}\n`).join('')
}
