import { words } from '../analyser/tokenise.js'
import { type FieldTerms, fieldTerms, textsOf } from '../builtin/document-terms.js'
import type { FieldValue, IndexSchema, SearchDocument } from '../port.js'
import { documentKey, encodeText, presenceToken, valueToken } from './encoding.js'
import { vietnameseSortKey } from './sort-key.js'

/**
 * A document as the server holds it: the original, and beside it what the analyser makes of it, so that both engines compare words
 * and values alike. The aliases:
 */
export interface StoredDocument {
  key: string
  version: number
  /** As it was given. */
  doc: SearchDocument
  alias: {
    /** Folded words. */
    words: string[]
    /** Neighbouring folded words. */
    pairs: string[]
    /** Words as written without accents, for beginnings and slips. */
    spellings: string[]
    /** The same with the accented form, encoded: how the catalogue writes a word. */
    accents: string[]
    /** Which values the filterable fields have. */
    values: string[]
  }
  /** By field: values as facets name them, encoded. */
  label: Record<string, string[]>
  /** By field: numbers, for ranges. */
  number: Record<string, number[]>
  /** By field: texts, encoded, for ranges. */
  text: Record<string, string[]>
  /** By field: what to sort by. */
  order: Record<string, number | string>
  /** By text field: folded words in reading order, for ranking. */
  body: Record<string, string>
}

/** What the server is given for a document. */
export function toStored(document: SearchDocument, schema: IndexSchema): StoredDocument {
  const terms = Object.keys(schema.text).map((field) => fieldTerms(document[field]))
  const filterable = schema.filterable.map((field) => [field, document[field]] as const)
  return {
    key: documentKey(document.id),
    version: document.version,
    doc: document,
    alias: { ...wordAliases(terms), values: filterable.flatMap(valueTokens) },
    label: byField(filterable, (item) => (item === null ? undefined : encodeText(String(item)))),
    number: byField(filterable, (item) => (typeof item === 'number' ? item : undefined)),
    text: byField(filterable, (item) => (typeof item === 'string' ? encodeText(item) : undefined)),
    order: orderOf(document, schema.sortable),
    body: Object.fromEntries(Object.keys(schema.text).map((field) => [field, foldedText(document[field])])),
  }
}

/** A word's spelling as stored under `accents`. */
export const accentsAlias = (folded: string, text: string): string => `${folded} ${encodeText(text)}`

function wordAliases(fields: readonly FieldTerms[]): Omit<StoredDocument['alias'], 'values'> {
  const wordsOf = new Set<string>()
  const pairs = new Set<string>()
  const spellings = new Set<string>()
  const accents = new Set<string>()
  for (const terms of fields) {
    for (const key of terms.keys.keys()) wordsOf.add(key)
    for (const [first, seconds] of terms.pairs) for (const second of seconds.keys()) pairs.add(`${first} ${second}`)
    for (const [folded, forms] of terms.spellings) {
      spellings.add(folded)
      for (const form of forms) accents.add(accentsAlias(folded, form))
    }
  }
  return { words: [...wordsOf], pairs: [...pairs], spellings: [...spellings], accents: [...accents] }
}

type Item = string | number | boolean | null

const itemsOf = (value: FieldValue | undefined): readonly Item[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Item]

function valueTokens([field, value]: readonly [string, FieldValue | undefined]): string[] {
  if (value === undefined) return []
  return [presenceToken(field), ...new Set(itemsOf(value).map((item) => valueToken(field, item)))]
}

function byField<T>(
  fields: readonly (readonly [string, FieldValue | undefined])[],
  alias: (item: Item) => T | undefined,
): Record<string, T[]> {
  return Object.fromEntries(
    fields.map(([field, value]) => [
      field,
      [...new Set(itemsOf(value).map(alias))].filter((item): item is T => item !== undefined),
    ]),
  )
}

function orderOf(document: SearchDocument, sortable: readonly string[]): Record<string, number | string> {
  const order: Record<string, number | string> = { id: encodeText(document.id) }
  for (const field of sortable) {
    const [first] = itemsOf(document[field])
    if (typeof first === 'string') order[`field-${field}`] = vietnameseSortKey(first)
    else if (first !== undefined && first !== null) order[`field-${field}`] = Number(first)
  }
  return order
}

const foldedText = (value: FieldValue | undefined) =>
  textsOf(value)
    .map((text) =>
      words(text)
        .map(({ key }) => key)
        .join(' '),
    )
    .join('. ')
