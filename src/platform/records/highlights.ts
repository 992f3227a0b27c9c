import { partsOf, type TextPart } from '../../kernel/highlights.js'
import type { FieldValue, Hit, Span } from '../search/index.js'

/** Where the search's words stand in `text`, one of the texts of the hit's field; empty when nowhere. */
export function spansIn(hit: Hit, field: string, text: string): readonly Span[] {
  const at = textsOf(hit.document[field]).indexOf(text)
  return hit.highlights[field]?.[at] ?? []
}

/** By field: the texts with a match, each cut into its parts. */
export function matchedTexts(hit: Hit): Record<string, TextPart[][]> {
  return Object.fromEntries(
    Object.entries(hit.highlights).map(([field, spans]) => {
      const texts = textsOf(hit.document[field])
      return [field, texts.flatMap((text, i) => (spans[i]?.length ? [partsOf(text, spans[i])] : []))]
    }),
  )
}

function textsOf(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : []
}
