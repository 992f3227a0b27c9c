import type { Span } from './port.js'

/** A piece of a text, verbatim: `text` is `original.slice(start, end)`. */
export interface Snippet extends Span {
  text: string
  /** The evidence inside, as offsets into the snippet. */
  spans: readonly Span[]
  /** Whether something of the original was left out before or after. */
  cutBefore: boolean
  cutAfter: boolean
}

const SENTENCE = /[^\n.!?;]+(?:[.!?;](?!\s|$)[^\n.!?;]*)*[.!?;]*/gu

/**
 * The piece of at most `maxLength` UTF-16 units with the most evidence: the sentence that holds most of it, continued into the
 * following ones as far as there is room, cut between words where one sentence is too long. Without evidence, the beginning.
 */
export function bestSnippet(text: string, spans: readonly Span[], maxLength: number): Snippet {
  const sentences = sentencesOf(text)
  let best = sentences[0] ?? { start: 0, end: text.length }
  let most = 0
  for (const sentence of sentences) {
    const covered = evidenceIn(sentence, spans)
    if (covered > most) {
      most = covered
      best = sentence
    }
  }
  const window =
    best.end - best.start > maxLength ? windowIn(text, best, spans, maxLength) : extend(best, sentences, maxLength)
  return cut(text, trim(text, window), spans)
}

function sentencesOf(text: string): Span[] {
  return [...text.matchAll(SENTENCE)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => /\S/u.test(text.slice(start, end)))
}

const evidenceIn = (within: Span, spans: readonly Span[]) =>
  spans.reduce(
    (sum, span) => sum + (span.start >= within.start && span.end <= within.end ? span.end - span.start : 0),
    0,
  )

function extend(sentence: Span, sentences: readonly Span[], maxLength: number): Span {
  let end = sentence.end
  for (const next of sentences) {
    if (next.start >= end && next.end - sentence.start <= maxLength) end = next.end
    else if (next.start >= end) break
  }
  return { start: sentence.start, end }
}

/** The part of a long sentence that starts a little before a span and holds the most evidence. */
function windowIn(text: string, sentence: Span, spans: readonly Span[], maxLength: number): Span {
  const lead = Math.floor(maxLength / 5)
  const inside = spans.filter((span) => span.start >= sentence.start && span.end <= sentence.end)
  let best = { start: sentence.start, end: wordEnd(text, sentence.start, sentence.start + maxLength) }
  let most = evidenceIn(best, spans)
  for (const span of inside) {
    const latest = sentence.end - maxLength
    const start = wordStart(
      text,
      sentence.start,
      Math.max(sentence.start, Math.min(span.start - lead, latest)),
      span.start,
    )
    const window = { start, end: Math.min(sentence.end, wordEnd(text, start, start + maxLength)) }
    const covered = evidenceIn(window, spans)
    if (covered > most) {
      most = covered
      best = window
    }
  }
  return best
}

/** The first word boundary at or after `at`, not beyond `limit`. */
function wordStart(text: string, earliest: number, at: number, limit: number): number {
  if (at <= earliest) return earliest
  let start = at
  while (start < limit && !/\s/u.test(text.charAt(start - 1))) start++
  return start
}

/** The last word boundary at or before `at`; `at` itself where a single word fills the room, but never inside a surrogate pair. */
function wordEnd(text: string, start: number, at: number): number {
  if (at >= text.length) return text.length
  for (let end = at; end > start; end--) if (/\s/u.test(text.charAt(end))) return end
  return /[\udc00-\udfff]/u.test(text.charAt(at)) ? at - 1 : at
}

function trim(text: string, { start, end }: Span): Span {
  const piece = text.slice(start, end)
  const from = start + (piece.length - piece.trimStart().length)
  return { start: from, end: Math.max(from, start + piece.trimEnd().length) }
}

function cut(text: string, { start, end }: Span, spans: readonly Span[]): Snippet {
  return {
    start,
    end,
    text: text.slice(start, end),
    spans: spans
      .filter((span) => span.start >= start && span.end <= end)
      .map((span) => ({ start: span.start - start, end: span.end - start })),
    cutBefore: /\S/u.test(text.slice(0, start)),
    cutAfter: /\S/u.test(text.slice(end)),
  }
}
