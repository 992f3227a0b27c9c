/** A piece of a text, and whether words of the search stand in it. */
export interface TextPart {
  text: string
  match: boolean
}

/** Cuts `text` at the given half-open UTF-16 ranges, which are sorted and do not overlap. */
export function partsOf(text: string, spans: readonly { start: number; end: number }[]): TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const { start, end } of spans) {
    if (start > at) parts.push({ text: text.slice(at, start), match: false })
    parts.push({ text: text.slice(start, end), match: true })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), match: false })
  return parts
}
