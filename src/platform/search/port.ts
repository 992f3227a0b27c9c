/** The search port: what the product asks of any search engine. Engines live beside this file. */

export type IndexName = 'providers' | 'businesses' | 'needs'

export interface TextField {
  /** BM25F weight of the field, > 0; 1 is a plain body text. */
  weight: number
  /** BM25F length normalisation, 0 (none) to 1 (full). */
  b: number
}

export interface IndexSchema {
  /** Searched fields: each a string or a list of strings in the document. */
  text: Readonly<Record<string, TextField>>
  /** Fields that filters and facets may name; anything else is an `UnknownField` error. */
  filterable: readonly string[]
  sortable: readonly string[]
}

export type FieldValue = string | number | boolean | null | readonly string[] | readonly number[]

/** A document as indexed. `version` is the record's; an older version never replaces a newer one. */
export interface SearchDocument {
  id: string
  version: number
  [field: string]: FieldValue | undefined
}

type Scalar = string | number | boolean | null

/** A filter is a tree, never a raw string. On an array field `eq` and `in` mean "contains". */
export type Filter =
  | { op: 'eq'; field: string; value: Scalar }
  | { op: 'in'; field: string; values: readonly Scalar[] }
  | { op: 'gte' | 'lte'; field: string; value: number | string }
  | { op: 'between'; field: string; from: number | string; to: number | string }
  | { op: 'exists'; field: string }
  | { op: 'and' | 'or'; filters: readonly Filter[] }
  | { op: 'not'; filter: Filter }

export interface Sort {
  field: string
  order: 'asc' | 'desc'
}

export interface Query {
  /** What the visitor typed; empty or missing returns all that the filter lets through. */
  q?: string
  /** Takes the words literally: no synonyms, no abbreviations, no spelling repair. */
  literal?: boolean
  filter?: Filter
  /** Chosen facet values: any of one field's values, all fields together (disjunctive facets). */
  selected?: Readonly<Record<string, readonly string[]>>
  /** Fields to count values of. */
  facets?: readonly string[]
  /** Missing means by relevance, then id. */
  sort?: readonly Sort[]
  offset?: number
  limit?: number
  /** Text fields whose matched words are returned as offsets. */
  highlight?: readonly string[]
}

/** Half-open range of UTF-16 offsets into the original string. */
export interface Span {
  start: number
  end: number
}

export interface Hit {
  id: string
  score: number
  document: SearchDocument
  /** By field; of a list field by item, in order. Fields without a matched word are absent. */
  highlights: Readonly<Record<string, readonly (readonly Span[])[]>>
}

export interface SearchResult {
  hits: readonly Hit[]
  total: number
  /** By field, then by value: hits that would be shown with that value chosen. */
  facets: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** How the words were read when that differs from what was typed (abbreviation, spelling), else null. */
  readAs: string | null
  /**
   * Another spelling that was not searched for but is likely meant, accents put back, to be offered as a search of its own ("did you
   * mean"): for words that found little and nearly are others, for wrong accents, and the other meaning of a short form that nothing
   * decided. Null when there is none, for a literal search, and where only accents are missing, since they need not be typed.
   */
  suggestion: string | null
  /** True when no document had all the words and those with some are shown instead. */
  relaxed: boolean
}

/** A concept of the taxonomy found in a text. */
export interface WeightedConcept {
  /** e.g. `service:accounting` */
  id: string
  /** Confidence, 0 to 1. */
  weight: number
}

export interface MatchQuery {
  /** A need in its owner's words, typically 5 to 400 words; of a longer one the beginning counts, and of its words the rarest. */
  text: string
  /** Documents carrying these ids in their `concepts` field gain by them. */
  concepts?: readonly WeightedConcept[]
  filter?: Filter
  limit: number
}

export interface Scored {
  id: string
  /** > 0, comparable within one answer only. */
  score: number
  document: SearchDocument
  /** Query terms (folded) that the document holds, by descending contribution; at most 12. */
  terms: readonly string[]
}

/** A write's place in the engine's order; `flush` waits for it. */
export type WriteToken = number

export type EngineState = 'ready' | 'building' | 'unavailable'

export interface EngineHealth {
  state: EngineState
  /** Why it is not ready, for the operator; empty when it is. */
  reason: string
}

/** One group of equivalent phrases, as people type them, with or without accents. */
export interface LexiconConcept {
  /** e.g. `service:accounting` or `sector:rice` */
  id: string
  /** Names and synonyms in both languages: interchangeable in a search. */
  terms: readonly string[]
  /** Short forms (`hddt`, `pmkt`): read as the first term. */
  abbreviations: readonly string[]
  /** How an owner describes the pain; used to understand a need, never to widen a search. */
  cues: readonly string[]
}

/** The words the engine knows as the same; a versioned value, since curators edit it. */
export interface Lexicon {
  version: number
  concepts: readonly LexiconConcept[]
  /** Short forms that stand for a phrase which is not a concept (`dn`, `htx`, `ko`). */
  abbreviations: Readonly<Record<string, string>>
}

export interface SearchPort {
  /** Idempotent. */
  ensureIndex(index: IndexName, schema: IndexSchema): Promise<void>
  /** Takes effect for the searches that follow. */
  useLexicon(lexicon: Lexicon): Promise<void>
  upsert(index: IndexName, documents: readonly SearchDocument[]): Promise<WriteToken>
  /** Removing an unknown id does nothing. */
  remove(index: IndexName, ids: readonly string[]): Promise<WriteToken>
  /** Resolves when reads see every write up to the token (all writes so far without one). */
  flush(index: IndexName, token?: WriteToken): Promise<void>
  /** Replaces the whole index atomically; searches see the old one until the last document is in. */
  rebuild(index: IndexName, documents: AsyncIterable<SearchDocument>): Promise<void>
  search(index: IndexName, query: Query): Promise<SearchResult>
  multi(queries: readonly { index: IndexName; query: Query }[]): Promise<SearchResult[]>
  matchText(index: IndexName, query: MatchQuery): Promise<Scored[]>
  /** Values of a facet that start with `prefix` (accents ignored), most frequent first, at most 20. */
  facetValues(index: IndexName, field: string, prefix: string): Promise<{ value: string; count: number }[]>
  /** Documents most like the given one, itself left out; empty for an unknown id. */
  similar(index: IndexName, id: string, limit: number, filter?: Filter): Promise<Scored[]>
  /** Documents as they were given and are held now; unknown ids are left out. */
  documents(index: IndexName, ids: readonly string[]): Promise<SearchDocument[]>
  /** All documents in parts, in no promised order. One that is written meanwhile may come twice or not at all. */
  page(index: IndexName, part: PageOfDocuments): Promise<DocumentPage>
  health(): Promise<EngineHealth>
  close(): Promise<void>
}

export interface PageOfDocuments {
  /** The former part's `next`; null begins. */
  from: string | null
  /** At most so many, 1 to 1,000. */
  limit: number
}

export interface DocumentPage {
  documents: readonly SearchDocument[]
  /** Where the next part begins; null after the last. Good for this engine and run only. */
  next: string | null
}

/** The part of the port that answers questions: all that a page or the matcher needs. */
export type SearchReader = Pick<SearchPort, 'search' | 'multi' | 'matchText' | 'facetValues' | 'similar'>

/** Answers as they would be if the words or the documents were others; the engine itself stays as it is. */
export interface TrialSearch {
  /**
   * `documents`: by index and id, those that would differ, null for one that would leave. An index without any is read as it stands;
   * another is built anew, which takes about a second for each ten thousand documents and as much memory as the index itself, until the
   * trial is ended.
   */
  trial(
    lexicon: Lexicon,
    documents?: Partial<Record<IndexName, ReadonlyMap<string, SearchDocument | null>>>,
  ): Promise<Trial>
}

export interface Trial extends Pick<SearchReader, 'search'> {
  /** Lets go of what was built. Searches are refused from then on, with `TrialEnded`; ending it again does nothing. */
  end(): Promise<void>
}

/** A field that the index does not search, filter or sort by; a caller's mistake. */
export class UnknownField extends Error {
  override readonly name = 'UnknownField'
  constructor(
    readonly index: IndexName,
    readonly field: string,
  ) {
    super(`index "${index}" has no field "${field}" for this use`)
  }
}

/** An index that was never set up with `ensureIndex`; a caller's mistake. */
export class UnknownIndex extends Error {
  override readonly name = 'UnknownIndex'
  constructor(readonly index: IndexName) {
    super(`index "${index}" was never set up`)
  }
}

/** A search of a trial that was ended before; a caller's mistake. */
export class TrialEnded extends Error {
  override readonly name = 'TrialEnded'
  constructor() {
    super('the trial was ended')
  }
}

/** The engine cannot be reached or cannot work for now; nothing is wrong with what it was given. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable'
}
