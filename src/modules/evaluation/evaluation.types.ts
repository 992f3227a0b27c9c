import type { Judgements } from './metrics.rules.js'

export interface SetQuery {
  id: string
  text: string
}

export interface SetDocument {
  id: string
  title: string
  text: string
}

/** A set of texts and questions with judged answers, in BEIR's layout. */
export interface RetrievalSet {
  documents(): AsyncIterable<SetDocument>
  /** Number of documents. */
  size: number
  queries: readonly SetQuery[]
  judgements: ReadonlyMap<string, Judgements>
}

/** A set's folder lacks a file, or a line of one is not as the layout wants it. */
export class UnreadableSet extends Error {
  override readonly name = 'UnreadableSet'
}

/** What was answered to one query. */
export interface Answer {
  /** The set's ids, best first. */
  ranking: readonly string[]
  /** True when the product says that nobody fits. */
  nobody: boolean
}

export interface Ranked extends Answer {
  query: string
  /** Milliseconds from the question to the answer. */
  ms: number
}

/** Means over the queries that have a relevant document; latencies and `nobody` over all that were asked. */
export interface Figures {
  queries: number
  judged: number
  ndcg10: number
  mrr10: number
  recall10: number
  recall100: number
  p50ms: number
  p95ms: number
  /** Ids of the queries that the product says nobody can answer. */
  nobody: string[]
}
